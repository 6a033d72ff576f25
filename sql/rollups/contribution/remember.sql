-- What the store is told of, so that figures can say what they do without.
insert into contribution_stores (store_id, has_selling, has_sending, has_carriage)
values (:store_id, :has_selling, :has_sending, :has_carriage)
on conflict (store_id) do update
set has_selling = excluded.has_selling, has_sending = excluded.has_sending, has_carriage = excluded.has_carriage
where
    (contribution_stores.has_selling, contribution_stores.has_sending, contribution_stores.has_carriage)
    <> (excluded.has_selling, excluded.has_sending, excluded.has_carriage)
