-- What Amazon's reports share: its marketplaces, and how days are written. Months are words of the seller's language
-- (Sep 4, 2026 1:05:07 AM PDT; 4 sept. 2026 01:05:07 UTC; 23-Sep-2026), and times in UTC say so.

-- Where the price that a buyer sees holds the tax, as Amazon documents for its European shops and Japan: item-price is with
-- tax there and item-tax says how much of it; in the United States and Canada the tax comes on top.
create or replace table marketplaces as
select * from (
    values
    ('amazon.com', 'USD', false), ('amazon.ca', 'CAD', false), ('amazon.com.mx', 'MXN', true), ('amazon.com.br', 'BRL', true),
    ('amazon.de', 'EUR', true), ('amazon.fr', 'EUR', true), ('amazon.it', 'EUR', true), ('amazon.es', 'EUR', true),
    ('amazon.nl', 'EUR', true), ('amazon.com.be', 'EUR', true), ('amazon.ie', 'EUR', true), ('amazon.se', 'SEK', true),
    ('amazon.pl', 'PLN', true), ('amazon.co.uk', 'GBP', true), ('amazon.com.tr', 'TRY', true), ('amazon.ae', 'AED', true),
    ('amazon.sa', 'SAR', true), ('amazon.eg', 'EGP', true), ('amazon.in', 'INR', true), ('amazon.co.jp', 'JPY', true),
    ('amazon.jp', 'JPY', true), ('amazon.com.au', 'AUD', true), ('amazon.sg', 'SGD', true), ('amazon.co.za', 'ZAR', true)
) as known (marketplace, currency, is_included);

create or replace macro clock_time(value) as
    case
        when regexp_matches(value, '(?i)[0-9]\s*[ap]\.?\s?m\b') then
            try_strptime(
                regexp_replace(
                    regexp_extract(value, '(?i)([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)\s*([ap])\.?\s?m', 1)
                    || ' ' || upper(regexp_extract(value, '(?i):[0-9]{2}\s*([ap])\.?\s?m', 1)) || 'M',
                    '^([0-9]{1,2}:[0-9]{2}) ', '\1:00 '
                ),
                '%I:%M:%S %p'
            )
        when regexp_matches(value, '[0-9]{1,2}:[0-9]{2}') then
            try_strptime(regexp_extract(value, '([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)', 1), ['%H:%M:%S', '%H:%M'])
        else timestamp '1900-01-01 00:00:00'
    end;

-- A day whose month is a word, as printed.
create or replace macro named_moment(value) as
    case
        when regexp_matches(value, '^\s*\p{L}+\.?\s+[0-9]{1,2},?\s+[0-9]{4}') then try_cast(
            regexp_extract(value, '([0-9]{4})', 1) || '-' || month_number(regexp_extract(value, '^\s*(\p{L}+)', 1))
            || '-' || regexp_extract(value, '^\s*\p{L}+\.?\s+([0-9]{1,2})', 1) as date
        )
        when regexp_matches(value, '^\s*[0-9]{1,2}[.\-]?\s*\p{L}+[.\-]?\s*[0-9]{4}') then try_cast(
            regexp_extract(value, '([0-9]{4})', 1) || '-' || month_number(regexp_extract(value, '^[^\p{L}]*(\p{L}+)', 1))
            || '-' || regexp_extract(value, '^\s*([0-9]{1,2})', 1) as date
        )
    end + cast(clock_time(value) as time);

create or replace macro printed_moment(value, day_first) as
    coalesce(
        named_moment(value),
        to_moment(regexp_replace(value, '\s*(UTC|GMT|[A-Z]{3,4})([+-][0-9:]+)?\s*$', ''), day_first)
    );

-- Local wall time: a time in UTC falls on the shop's own day where its zone is known; every other is taken as printed.
create or replace macro local_moment(value, day_first) as
    case
        when getvariable('time_zone') is not null and regexp_matches(value, ':[0-9]{2}.*(UTC|GMT|Z|\+00:?00)\s*$')
            then timezone(getvariable('time_zone'), timezone('UTC', printed_moment(value, day_first)))
        else printed_moment(value, day_first)
    end;
