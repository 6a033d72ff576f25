"""Who sees and changes what, enforced by PostgreSQL: row level security for readers, triggers for those who write."""

from alembic import op

revision = "0029"
down_revision = "0028"

# Whose a saved view is, so that somebody who may see one store only is not shown the names that others gave to theirs.
SAVED_VIEWS = """
alter table saved_views add column saved_by text not null default 'this computer';
"""

# Makes the policies anew for every table there is; a migration that adds a table calls it at its end.
# Policies are of the role: readers of all have one that is simply true, which the planner takes for none. The setting stands in
# a subquery, so that it is looked at once a query, not once a row; slices are an array, because an index takes that, too.
# A table without a store's data is an owner's to see.
# Row level security is not forced: the owner of the tables loads them by COPY, which it would refuse.
POLICIES = """
create procedure protect_stores() language plpgsql as $protect$
declare
    mine constant text := $$any ((select cast(nullif(current_setting('storeledger.stores', true), '') as integer[]))::integer[])$$;
    acting constant text := $$(select current_setting('storeledger.role', true))$$;
    myself constant text := $$(select current_setting('storeledger.actor', true))$$;
    each record;
    seen text;
begin
    execute format('grant usage on schema %I to storeledger_reader', current_schema());
    for each in
        select
            c.relname as name,
            c.relkind = 'v' as is_view,
            exists (select from pg_attribute as a where a.attrelid = c.oid and a.attname = 'store_id') as has_store,
            exists (select from pg_attribute as a where a.attrelid = c.oid and a.attname = 'slice_no') as has_slice,
            exists (select from pg_attribute as a where a.attrelid = c.oid and a.attname = 'import_id') as has_import
        from pg_class as c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'v')
    loop
        if each.is_view then
            execute format('grant select on %I to storeledger_reader', each.name);
            continue;
        end if;
        execute format('alter table %I enable row level security', each.name);
        execute format('drop policy if exists read_every_store on %I', each.name);
        execute format('drop policy if exists read on %I', each.name);
        seen := case
            when each.name in ('share_links', 'audit_log') then acting || $$ = 'owner'$$
            when each.name = 'import_mappings' then acting || $$ in ('analyst', 'owner')$$
            -- everything else in there is the program's own, and some of it secret
            when each.name = 'settings'
                then $$case when name like 'counted_on/%' then cast(split_part(name, '/', 2) as integer) = $$ || mine || ' end'
            when each.name = 'saved_views' then 'saved_by = ' || myself
            when each.name = 'exchange_rates' then acting || $$ in ('link', 'viewer', 'analyst', 'owner')$$
            when each.has_store then 'store_id = ' || mine
            when each.has_slice then 'slice_no = any ((select array_agg(s.slice_no) from slices as s)::integer[])'
            when each.has_import then 'import_id in (select m.import_id from imports as m)'
            else acting || $$ = 'owner'$$
        end;
        execute format('grant select on %I to storeledger_reader', each.name);
        execute format('create policy read on %I for select to storeledger_reader using (%s)', each.name, seen);
        if each.name = 'settings' then
            execute $$create policy read_every_store on settings for select to storeledger_reader_of_all
                using (name like 'counted_on/%')$$;
        elsif each.name = 'saved_views' then
            execute 'create policy read_every_store on saved_views for select to storeledger_reader_of_all using ('
                || acting || $$ <> 'link')$$;
        elsif seen <> acting || $$ = 'owner'$$ and each.name <> 'import_mappings' then
            execute format(
                'create policy read_every_store on %I for select to storeledger_reader_of_all using (true)', each.name
            );
        end if;
    end loop;
    perform watch_writers();
end
$protect$;
"""

# What a reader may write: a line of the audit log in his own name, and views of his own.
READERS_WRITE = """
grant insert on audit_log to storeledger_reader;
create policy record on audit_log for insert to storeledger_reader with check (
    actor = (select current_setting('storeledger.actor', true)) and role = (select current_setting('storeledger.role', true))
);
grant insert, update, delete on saved_views to storeledger_reader;
create policy write on saved_views for all to storeledger_reader using (
    saved_by = (select current_setting('storeledger.actor', true))
    and (select current_setting('storeledger.role', true)) not in ('nobody', 'link')
);
"""

# Those who write do it as the owner of the tables. Whoever comes with no role set is that owner himself.
# The tables that are watched row by row are small; the large ones are written together with a row of imports or stores.
WRITERS = """
create function refuse_others() returns trigger language plpgsql as $$
declare
    acting constant text := nullif(current_setting('storeledger.role', true), '');
    mine constant integer[] := cast(nullif(current_setting('storeledger.stores', true), '') as integer[]);
    was constant jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    becomes constant jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
begin
    if acting is null then
        return null;
    end if;
    if
        acting <> 'owner' and (
            tg_table_name in ('members', 'sign_ins', 'signed_out', 'share_links', 'stock_settings', 'return_settings')
            or tg_table_name = 'settings' and coalesce(becomes, was) ->> 'name' not like 'counted_on/%'
            and not (tg_op = 'INSERT' and becomes ->> 'name' = 'hash_key_fingerprint')
            or tg_table_name = 'stores' and tg_op = 'UPDATE'
            and was - array['data_version', 'currency'] <> becomes - array['data_version', 'currency']
        )
    then
        raise insufficient_privilege using
            message = format('Only an owner may change this; %s is not one', current_setting('storeledger.actor', true)),
            hint = 'Ask an owner.';
    end if;
    if
        mine is not null and (
            not coalesce(cast(was ->> 'store_id' as integer) = any (mine), true)
            or not coalesce(cast(becomes ->> 'store_id' as integer) = any (mine), true)
        )
    then
        raise insufficient_privilege using
            message = format('This store is not among those of %s', current_setting('storeledger.actor', true)),
            hint = 'Ask an owner.';
    end if;
    return null;
end
$$;

create function watch_writers() returns void language plpgsql as $$
declare
    watched text;
begin
    foreach watched in array array[
        'stores', 'imports', 'settings', 'members', 'sign_ins', 'signed_out', 'share_links', 'stock_settings',
        'return_settings', 'calendar_events', 'campaign_products', 'channel_locations', 'channel_rules', 'cost_rules',
        'demand_marks', 'forecast_overrides', 'product_siblings', 'return_words', 'targets'
    ]
    loop
        if to_regclass(watched) is not null then
            execute format(
                'create or replace trigger refuse_others after insert or update or delete on %I'
                || ' for each row execute function refuse_others()', watched
            );
        end if;
    end loop;
end
$$;

create function keep_the_log() returns trigger language plpgsql as $$
begin
    raise insufficient_privilege using message = 'The audit log is only added to', hint = 'Ask an owner.';
end
$$;
create trigger keep_the_log before update or delete or truncate on audit_log execute function keep_the_log();
"""


def upgrade() -> None:
    for each in (SAVED_VIEWS, POLICIES, READERS_WRITE, WRITERS):
        op.execute(each)
    op.execute("call protect_stores()")
