"""What people wrote about returns, and what a store's own words for reasons and conditions mean."""

from alembic import op

revision = "0011"
down_revision = "0010"

# What an import said before comments were kept had none, and the same file again is still the same.
COMMENTS = """
alter table returns add column comment text;
update import_images
set
    image = image || jsonb_build_object('comment', null),
    fingerprint = md5(cast(image || jsonb_build_object('comment', null) as text))
where kind = 'returns' and image is not null;
"""

# Every edit is a row and none is changed: the newest of a word is what it means, and a null that it means the usual again.
WORDS = """
create table return_words (
    change_no bigint generated always as identity primary key,
    store_id integer not null references stores,
    field text not null check (field in ('reason', 'condition')),
    words text collate "C" not null,
    means text,
    said_by text,
    said_at timestamptz not null default now()
);
create index return_words_newest on return_words (store_id, field, words, change_no desc);
"""


def upgrade() -> None:
    op.execute(COMMENTS)
    op.execute(WORDS)
