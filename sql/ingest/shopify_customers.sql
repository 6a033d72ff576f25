-- Shopify customers export -> customers_new (one row a customer), records, rejects and file_notices. Who the customer is
-- stays here: the e-mail leaves as a keyed hash; names, addresses and phone numbers are not read at all.

create or replace table typed as
select
    record,
    is_blank,
    case when contains(email, '@') then person(email, getvariable('hash_key')) when email like 'h:%' then trim(email) end as person_key,
    -- a leading apostrophe is Shopify's own; 5.37518E+12 is what a spreadsheet leaves of an id
    nullif(regexp_replace(trim(platform_id), '^''', ''), '') as id_text,
    case when regexp_full_match(id_text, '[0-9]+|gid://[A-Za-z0-9/]+') then id_text end as platform_id,
    case when length(trim(country)) = 2 then upper(trim(country)) else trim(country) end as country,
    trim(region) as region,
    to_number(orders, getvariable('decimal_comma')) as orders,
    to_number(spent, getvariable('decimal_comma')) as spent,
    case
        when lower(trim(accepts)) in ('yes', 'true', '1', 'ja', 'wahr', 'oui', 'vrai', 'sí', 'si', 'verdadero', 'subscribed') then true
        when lower(trim(accepts)) in ('no', 'false', '0', 'nein', 'falsch', 'non', 'faux', 'falso', 'not_subscribed', 'unsubscribed')
            then false
    end as accepts_marketing,
    -- tags are the shop's own words, but some shops write addresses and phone numbers into them
    regexp_replace(regexp_replace(tags, '[^\s,]+@[^\s,]+', '(e-mail)', 'g'), '\+?[0-9][0-9 ()/.\-]{5,}[0-9]', '(number)', 'g') as tags
from source;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        t.record,
        unnest([
            {
                'column_name': 'Email', 'value': null,
                'is_bad': t.person_key is null and t.platform_id is null and (t.id_text is null or s.email is not null),
                'reason': case
                    when s.email is null then 'the customer has neither an e-mail nor an id'
                    else 'this is not an e-mail address and the customer has no id'
                end
            },
            {
                'column_name': 'Customer ID', 'value': s.platform_id,
                'is_bad': t.person_key is null and t.platform_id is null and t.id_text is not null and s.email is null,
                'reason': case
                    when regexp_matches(t.id_text, '[0-9][eE]')
                        then 'a spreadsheet has rounded this id, so it is no key; export it again'
                    else 'this is not a customer id'
                end
            },
            {
                'column_name': 'Total Orders', 'value': s.orders,
                'is_bad': s.orders is not null
                and coalesce(t.orders < 0 or t.orders <> floor(t.orders) or t.orders > 2000000000, true),
                'reason': 'this is not a number of orders'
            },
            {
                'column_name': 'Total Spent', 'value': s.spent,
                'is_bad': s.spent is not null and coalesce(abs(t.spent) >= 10000000000000, true),
                'reason': 'this is not an amount'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad;

create or replace table keyed as
select
    *,
    coalesce(person_key, 'c:' || platform_id) as customer_key,
    row_number() over (partition by coalesce(person_key, 'c:' || platform_id) order by record desc) as from_last
from typed
where not is_blank and record not in (select record from rejects);

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join keyed as k on t.record = k.record;

create or replace table customers_new as
select
    customer_key,
    platform_id,
    country,
    region,
    cast(orders as integer) as orders,
    cast(spent as decimal(18, 4)) as total_spent,
    getvariable('currency') as currency,
    cast(null as date) as first_order_on,
    accepts_marketing,
    tags,
    1 as rows
from keyed
where from_last = 1;

create or replace table file_notices as
select
    'A spreadsheet has rounded the customer ids (5.37518E+12), so customers are known by their e-mail alone.' as notice,
    count(*) as value
from typed
where regexp_matches(id_text, '[0-9][eE]\+?[0-9]')
having count(*) > 0
union all
select
    format('{:,} customers have no e-mail: they are known by their id, and orders name them only by e-mail.', count(*)) as notice,
    count(*) as value
from customers_new
where customer_key like 'c:%'
having count(*) > 0;
