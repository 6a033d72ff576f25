-- Rates are the world's, not a store's: whoever brings them, they count for all, so writers of rates take turns.
select pg_advisory_xact_lock(7251, 0);
delete from exchange_rates as r
using images_changed as c
where
    c.kind = 'rates'
    and r.currency = split_part(c.key, '|', 1)
    and r.into_currency = split_part(c.key, '|', 2)
    and r.valid_from = cast(split_part(c.key, '|', 3) as date);
