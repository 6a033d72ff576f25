"""What forecasts were before they were made to add up, what the models had learnt, and runs made afterwards as if then."""

from alembic import op

revision = "0024"
down_revision = "0022"

# `base` is what the models said of a series alone: a series that has not changed is taken from there, and made to add up anew.
# `category` is that of a product when the run was made: what it adds up to.
# `is_backcast` marks a run that was made later than its day, from what was known by then, so that there is a past to look at.
# `read_version` is the data version that a run began to read: one that failed on it is not begun again at once.
# What the models learnt of a panel (weights by kind, quantiles of errors) holds for the week in which it was learnt.
RUNS = """
alter table forecast_runs
    add column is_backcast boolean not null default false,
    add column read_version bigint;
alter table forecasts
    add column base double precision[] not null,
    add column category text collate "C";
create index forecast_runs_by_day on forecast_runs (store_id, as_of);

create table forecast_learnt (
    store_id integer not null,
    run_id integer not null,
    measure text not null,
    level text not null,
    grain text not null,
    learnt_for date not null,
    learnt jsonb not null,
    primary key (store_id, run_id, measure, level, grain),
    foreign key (store_id, run_id) references forecast_runs on delete cascade
);
"""


def upgrade() -> None:
    op.execute(RUNS)
