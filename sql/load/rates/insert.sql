-- Of what several stores' files say of one pair and day, the newest counts. A rate holds until the next one of its pair.
insert into exchange_rates (currency, into_currency, valid_from, rate)
select distinct on (c.key)
    i.image ->> 'currency' as currency,
    i.image ->> 'into_currency' as into_currency,
    cast(i.image ->> 'valid_from' as date) as valid_from,
    cast(i.image ->> 'rate' as numeric) as rate
from images_changed as c
cross join stores as s
inner join import_images as i on s.store_id = i.store_id and c.kind = i.kind and c.key = i.key and i.is_current
where c.kind = 'rates'
order by c.key asc, i.as_of desc, i.import_id desc;
with spans as (
    select
        r.currency,
        r.into_currency,
        r.valid_from,
        lead(r.valid_from, 1, date '9999-12-31') over (partition by r.currency, r.into_currency order by r.valid_from) as valid_to
    from exchange_rates as r
    where (r.currency, r.into_currency) in (
        select
            split_part(key, '|', 1),
            split_part(key, '|', 2)
        from images_changed
        where kind = 'rates'
    )
)

update exchange_rates as r
set valid_to = s.valid_to
from spans as s
where
    r.currency = s.currency and r.into_currency = s.into_currency and r.valid_from = s.valid_from
    and r.valid_to <> s.valid_to;
update stores
set data_version = data_version + 1
where store_id <> :store_id;
