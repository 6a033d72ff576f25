"""What was forecast when, how well the models did, what people put in its place, and days that are not to be learnt from."""

from alembic import op

revision = "0022"
down_revision = "0021"

# One row a run. `seen_version` is the store's data version that its forecasts are of: as long as it stands, nothing is to be
# done. A run whose process died stays `running`; whoever holds the lock of forecasts next calls it failed.
RUNS = """
create table forecast_runs (
    store_id integer not null references stores,
    run_id integer generated always as identity,
    as_of date not null,
    status text not null check (status in ('running', 'done', 'failed')),
    progress text,
    done_share double precision not null default 0,
    seen_version bigint,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (store_id, run_id)
);
"""

# One row a series, its steps side by side: a year of weeks of ten thousand products is read by run, never by step. `measure` is
# units or net_sales, `level` store, channel, category, product or location (a product at one), `grain` day or week, `first_day`
# that of the first step ahead. `sum_…` are bounds of the sum of all steps up to each. `naive` is what a season ago would say.
FORECASTS = """
create table forecasts (
    store_id integer not null,
    run_id integer not null,
    measure text not null check (measure in ('units', 'net_sales')),
    level text not null check (level in ('store', 'channel', 'category', 'product', 'location')),
    grain text not null check (grain in ('day', 'week')),
    series_key text collate "C" not null,
    location_key text collate "C" not null default '',
    currency text not null default '',
    kind text not null,
    models text not null,
    first_day date not null,
    forecast double precision[] not null,
    lo_80 double precision[] not null,
    hi_80 double precision[] not null,
    lo_95 double precision[] not null,
    hi_95 double precision[] not null,
    sum_lo_80 double precision[] not null,
    sum_hi_80 double precision[] not null,
    sum_lo_95 double precision[] not null,
    sum_hi_95 double precision[] not null,
    naive double precision[] not null,
    scale double precision not null,
    fingerprint text not null,
    primary key (store_id, run_id, measure, level, grain, series_key, location_key, currency),
    foreign key (store_id, run_id) references forecast_runs on delete cascade
);

create table forecast_quantiles (
    store_id integer not null,
    run_id integer not null,
    measure text not null,
    level text not null,
    grain text not null,
    kind text not null,
    step integer not null,
    is_sum boolean not null,
    errors double precision[] not null,
    primary key (store_id, run_id, measure, level, grain, kind, step, is_sum),
    foreign key (store_id, run_id) references forecast_runs on delete cascade
);

create table forecast_scores (
    store_id integer not null,
    run_id integer not null,
    measure text not null,
    level text not null,
    grain text not null,
    kind text not null,
    model text not null,
    step integer not null default 0,
    series integer not null,
    wape double precision,
    bias double precision,
    coverage_80 double precision,
    coverage_95 double precision,
    weight double precision not null,
    primary key (store_id, run_id, measure, level, grain, kind, model, step),
    foreign key (store_id, run_id) references forecast_runs on delete cascade
);

create table forecast_components (
    store_id integer not null,
    run_id integer not null,
    measure text not null,
    level text not null,
    grain text not null,
    series_key text collate "C" not null,
    currency text not null default '',
    component text not null,
    first_day date not null,
    amounts double precision[] not null,
    primary key (store_id, run_id, measure, level, grain, series_key, currency, component),
    foreign key (store_id, run_id) references forecast_runs on delete cascade
);
"""

# Neither is ever changed: what somebody takes back gets a time, and stays to be scored.
SAYINGS = """
create table forecast_overrides (
    store_id integer not null references stores,
    override_id integer generated always as identity,
    measure text not null check (measure in ('units', 'net_sales')),
    level text not null check (level in ('store', 'channel', 'category', 'product', 'location')),
    series_key text collate "C" not null,
    location_key text collate "C" not null default '',
    currency text not null default '',
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    kind text not null check (kind in ('percent', 'amount')),
    value numeric not null,
    reason text not null check (reason <> ''),
    made_by text,
    made_at timestamptz not null default now(),
    withdrawn_at timestamptz,
    primary key (store_id, override_id)
);

create table demand_marks (
    store_id integer not null references stores,
    mark_id integer generated always as identity,
    product_key text collate "C",
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    reason text not null check (reason <> ''),
    marked_by text,
    marked_at timestamptz not null default now(),
    withdrawn_at timestamptz,
    primary key (store_id, mark_id)
);
"""


def upgrade() -> None:
    op.execute(RUNS)
    op.execute(FORECASTS)
    op.execute(SAYINGS)
