-- The stores with the version of their data, and the server's start with the database's number: no two databases share both.
select
    coalesce(
        (select json_object_agg(s.store_id, json_build_object('name', s.name, 'version', s.data_version)) from stores as s), '{}'
    ) as stores,
    concat(pg_postmaster_start_time(), '/', (select d.oid from pg_database as d where d.datname = current_database())) as place
