-- What every format's conversion shares: text to exact values, and the one way an amount is spread.

-- A number without what stands around it: sign, bracket, currency sign or code.
create or replace macro bare_number(value) as regexp_replace(
    value,
    '^\s*[(\-−+]?\s*(\p{Sc}|[A-Z]{1,3}\$|[A-Z]{2,3}|kr\.?|zł|Kč)?\s*[(\-−]?\s*'
    || '|\s*(\p{Sc}|[A-Z]{2,3}|kr\.?|zł|Kč)?\s*[)\-]?\s*$',
    '',
    'g'
);

-- Money and quantities as text: currency signs, thousands marks, decimal comma and accounting negatives understood.
-- A mark that groups anything but three digits is not guessed at: the value is no number.
create or replace macro to_number(value, decimal_comma) as
    case
        when value is null then null
        -- plain digits, by far the most, need no pattern
        when not decimal_comma and regexp_full_match(value, '-?[0-9]{1,12}(\.[0-9]{1,6})?') then try_cast(value as decimal(18, 6))
        when regexp_full_match(
            bare_number(value),
            case
                when decimal_comma then '([0-9]{1,3}([.''’ \x{00A0}\x{202F}][0-9]{3})+|[0-9]+)(,[0-9]+)?'
                else '([0-9]{1,3}([,''’ \x{00A0}\x{202F}][0-9]{3})+|[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}|[0-9]+)(\.[0-9]+)?'
            end
        ) then try_cast(
            case when regexp_matches(value, '^\s*(\p{Sc}|[A-Z]{1,3}\$|[A-Z]{2,3}|kr\.?|zł|Kč)?\s*[(\-−]|[0-9]-\s*$') then '-' else '' end
            || replace(
                regexp_replace(bare_number(value), case when decimal_comma then '[^0-9,]' else '[^0-9.]' end, '', 'g'), ',', '.'
            ) as decimal(18, 6)
        )
    end;

-- 31/12/23 was written in 2023: no order is older than that.
create or replace macro full_year(moment) as moment + to_years(case when year(moment) < 100 then 2000 else 0 end);

-- Local wall time as printed; the offset, where there is one, is read apart by to_instant.
create or replace macro to_moment(value, day_first) as
    case
        when value is null then null
        when value[5:5] = '-' and try_cast(left(value, 19) as timestamp) is not null then try_cast(left(value, 19) as timestamp)
        when value[5:5] in ('-', '/') and try_cast(replace(replace(left(value, 19), 'T', ' '), '/', '-') as timestamp) is not null
            then try_cast(replace(replace(left(value, 19), 'T', ' '), '/', '-') as timestamp)
        else case
            when day_first then full_year(try_strptime(
                trim(value),
                [
                    '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d.%m.%Y',
                    '%d-%m-%Y %H:%M:%S', '%d-%m-%Y %H:%M', '%d-%m-%Y', '%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %I:%M %p'
                ]
            ))
            else full_year(try_strptime(
                trim(value),
                [
                    '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m-%d-%Y %H:%M:%S', '%m-%d-%Y %H:%M', '%m-%d-%Y',
                    '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p'
                ]
            ))
        end
    end;

create or replace macro to_instant(value) as
    case
        when length(value) > 19
            then try_strptime(value, ['%Y-%m-%d %H:%M:%S %z', '%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%d %H:%M:%S%z'])
    end;

-- Spreads `total` over the rows of an `id` by `weight` in whole `unit`s, largest remainder first, so that the parts
-- add up exactly. Takes a table (id, part, weight, total, unit) and gives (id, part, share).
create or replace macro spread(source) as table (
    with weighted as (
        select
            id,
            part,
            unit,
            sign(total) as direction,
            cast(abs(total) / unit as hugeint) as units_total,
            abs(total) - cast(abs(total) / unit as hugeint) * unit as below_unit,
            case
                when sum(greatest(weight, 0)) over (partition by id) = 0 then 1
                else cast(greatest(weight, 0) * 10000 as hugeint)
            end as weight
        from query_table(source)
    ),

    floored as (
        select
            *,
            units_total * weight // sum(weight) over (partition by id) as units_floor,
            units_total * weight % sum(weight) over (partition by id) as remainder
        from weighted
    ),

    ranked as (
        select
            *,
            units_total - sum(units_floor) over (partition by id) as units_left,
            row_number() over (partition by id order by remainder desc, part) as place
        from floored
    )

    select
        id,
        part,
        cast(
            direction * (
                (units_floor + case when place <= units_left then 1 else 0 end) * unit
                + case when place = 1 then below_unit else 0 end
            ) as decimal(18, 4)
        ) as share
    from ranked
);

-- The upper half of the MD5 as a number: what md5_number_lower gives, which goes through text and takes five times as long.
create or replace macro one_fingerprint(content) as cast(md5_number(content) >> 64 as hugeint);

-- A fingerprint that does not depend on the order of rows: the same content gives the same number in every version.
create or replace macro fingerprint(content) as sum(one_fingerprint(content));

-- Whole minor units of a currency.
create or replace macro minor_unit(currency) as
    case
        when currency in ('JPY', 'KRW', 'VND', 'CLP', 'ISK', 'XAF', 'XOF', 'XPF', 'PYG', 'UGX', 'RWF', 'KMF', 'GNF', 'DJF', 'BIF', 'VUV')
            then 1::decimal(18, 4)
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 0.001::decimal(18, 4)
        else 0.01::decimal(18, 4)
    end;

-- Without spaces around it; most values have none, and looking for them is cheaper than taking them off.
create or replace macro trimmed(value) as case when starts_with(value, ' ') or ends_with(value, ' ') then trim(value) else value end;

-- Without the apostrophe by which a spreadsheet was told that this is text.
create or replace macro unquoted(value) as case when starts_with(value, '''') then value[2:] else value end;

-- Everything but a no; a spreadsheet writes its own language's word.
create or replace macro is_yes(value) as
    value is null or value = 'true'
    or lower(trim(value)) not in ('false', 'falsch', 'faux', 'falso', 'onwaar', 'no', '0');

-- Quantity × price to four decimals. Whole quantities below 100,000 at up to four decimals, by far the most, are multiplied
-- as 64-bit numbers; everything else takes twenty times as long.
create or replace macro line_amount(quantity, price) as
    case
        when try_cast(quantity as decimal(5, 0)) = quantity and try_cast(price as decimal(12, 4)) = price
            then cast(try_cast(quantity as decimal(5, 0)) * try_cast(price as decimal(12, 4)) as decimal(18, 4))
        else cast(cast(quantity as decimal(20, 6)) * price as decimal(18, 4))
    end;

-- The keyed hash under which a person is remembered; the key is hashed in twice so that it cannot be extended.
create or replace macro person(value, hash_key) as 'h:' || left(sha256(hash_key || sha256(hash_key || lower(trimmed(value)))), 32);
