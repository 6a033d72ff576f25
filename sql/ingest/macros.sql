-- What every format's conversion shares: text to exact values, and the one way an amount is spread.

-- ="00042" and '00042 are 00042; an apostrophe before anything else is part of the text.
create or replace macro unwrapped(value) as
    case
        when starts_with(value, '="') and regexp_full_match(value, '="[^"]*"') then value[3:-2]
        when starts_with(value, '''') and regexp_full_match(value, '''([-+]?[0-9][0-9.,]*|[-+=@].*)') then value[2:]
        else value
    end;

-- An id that a spreadsheet has rounded, such as 5.37518E+12: it is no key.
create or replace macro is_rounded(value) as regexp_full_match(trim(value), '[0-9]([.,][0-9]+)?[eE]\+[0-9]{1,3}');

-- A number without what stands around it: sign, bracket, currency sign or code, and the spaces that no trim knows.
create or replace macro bare_number(value) as regexp_replace(
    value,
    '^[\s\x{00A0}\x{202F}\x{2009}'']*[(\-−+]?[\s\x{00A0}]*(\p{Sc}|[A-Z]{1,3}\$|[A-Z]{2,3}|(kr|Fr|SFr|Rs|руб|р)\.?|zł|Kč|Ft|lei|лв\.?|円|元)?'
    || '[\s\x{00A0}\x{202F}\x{2009}]*[(\-−+]?[\s\x{00A0}]*'
    || '|[\s\x{00A0}\x{202F}\x{2009}]*(\p{Sc}|[A-Z]{2,3}|(kr|Fr|SFr|Rs|руб|р)\.?|zł|Kč|Ft|lei|лв\.?|円|元)?[\s\x{00A0}]*[)\-−]?'
    || '[\s\x{00A0}]*(\p{Sc}|[A-Z]{2,3})?[\s\x{00A0}\x{202F}\x{2009}]*$',
    '',
    'g'
);

-- Money and quantities as text: currency signs, thousands marks, decimal comma and accounting negatives understood.
-- A mark that groups anything but three digits (in India two, save for the last) is not guessed at: the value is no number.
create or replace macro to_number(value, decimal_comma) as
    case
        when value is null then null
        -- plain digits, by far the most, need no pattern
        when not decimal_comma and regexp_full_match(value, '-?[0-9]{1,12}(\.[0-9]{1,6})?') then try_cast(value as decimal(18, 6))
        else list_transform(
            [bare_number(value)],
            lambda bare: case
                when regexp_full_match(
                    bare,
                    case
                        when decimal_comma then '([0-9]{1,3}([.''’ \x{00A0}\x{202F}\x{2009}][0-9]{3})+|[0-9]+)?(,[0-9]*)?'
                        else
                            '([0-9]{1,3}([,''’ \x{00A0}\x{202F}\x{2009}][0-9]{3})+|[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}|[0-9]+)?(\.[0-9]*)?'
                    end
                ) then try_cast(
                    case
                        when
                            regexp_matches(
                                value, '^[^0-9]*[(\-−]|[0-9.,][\s\x{00A0}]*(\p{Sc}|[A-Z]{2,3})?[\s\x{00A0}]*[\-−]'
                            )
                            then '-'
                        else ''
                    end
                    || replace(regexp_replace(bare, case when decimal_comma then '[^0-9,]' else '[^0-9.]' end, '', 'g'), ',', '.')
                    as decimal(18, 6)
                )
            end
        )[1]
    end;

-- A percentage as the share it is: 5.63 % is 0.0563. Not part of to_number, as no amount of money is one.
create or replace macro to_share(value, decimal_comma) as
    case
        when contains(value, '%') then cast(to_number(replace(value, '%', ''), decimal_comma) * 0.01 as decimal(18, 8))
        else cast(to_number(value, decimal_comma) as decimal(18, 8))
    end;

-- 31/12/23 was written in 2023: no order is older than that. A year of three digits is none.
create or replace macro full_year(moment) as
    case when year(moment) < 100 then moment + to_years(2000) when year(moment) > 1900 then moment end;

-- The number of a month from its name in English, German, French, Spanish, Italian, Dutch or Portuguese, whole or cut.
create or replace macro month_number(name) as
    case
        when lower(name) like 'juil%' then 7
        else map(
            [
                'jan', 'ene', 'gen', 'feb', 'fev', 'mar', 'mrz', 'maa', 'mrt', 'apr', 'avr', 'abr', 'may', 'mai', 'mei', 'mag',
                'jun', 'giu', 'jui', 'jul', 'lug', 'aug', 'aou', 'ago', 'sep', 'set', 'oct', 'okt', 'ott', 'out', 'nov',
                'dec', 'dez', 'dic'
            ],
            [1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 10, 10, 11, 12, 12, 12]
        )[left(strip_accents(lower(name)), 3)]
    end;

create or replace macro month_part(name) as
    case when name[1:1] between '0' and '9' then name else cast(month_number(name) as varchar) end;

-- A letter of any script, roughly: \pL, repeated as often as in the pattern below, takes twenty times as long to make ready.
create or replace macro letter() as '[A-Za-z\x{C0}-\x{1FFF}\x{2C00}-\x{2DFF}\x{3005}-\x{FFDC}]';

-- A moment cut into what is printed: three parts of the day, the hour, the minute, the second, and whether it is afternoon.
-- A zone, a weekday and fractions of a second are left out: the day is the one that is printed.
create or replace macro moment_parts(value) as regexp_extract(
    trim(value),
    '^(?:' || letter() || '{2,10}\.?,?\s+)??([0-9]{4}|[0-9]{1,2}|' || letter() || '{3,10})(?:st|nd|rd|th|º|er)?[.,]?'
    || '(?:[-/.]|\s+(?:de\s+|of\s+)?)([0-9]{1,2}|' || letter() || '{3,10})(?:st|nd|rd|th)?[.,]?'
    || '(?:[-/.]|\s+(?:de\s+|of\s+)?)([0-9]{4}|[0-9]{1,2})'
    || '(?:(?:,|T|\s+at|\s+um|\s+à|\s+a\s+las)?[\s\x{202F}\x{00A0}T]*([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?'
    || '[\s\x{202F}\x{00A0}]*([AaPp]\.?[\s\x{00A0}]?[Mm]\.?)?(?:\s*Uhr)?)?'
    || '(?:\s*(?:Z|\(?[A-Z]{3,5}\)?|(?:UTC|GMT)?\s?[-+][0-9]{1,2}:?(?:[0-9]{2})?))*$',
    ['a', 'b', 'c', 'hour', 'minute', 'second', 'half']
);

-- The time of day, null if there is no such time; a day alone begins at midnight.
create or replace macro time_of(hour, minute, second, half) as
    case
        when hour = '' then time '00:00:00'
        when half = '' then try_cast(hour || ':' || minute || ':' || coalesce(nullif(second, ''), '00') as time)
        when cast(hour as integer) <= 12 then try_cast(
            (cast(hour as integer) % 12 + case when half[1:1] in ('p', 'P') then 12 else 0 end)
            || ':' || minute || ':' || coalesce(nullif(second, ''), '00') as time
        )
    end;

create or replace macro day_of(year, month, day) as
    try_cast(case length(year) when 2 then '20' || year when 4 then year end || '-' || month || '-' || day as date);

-- Year, month and day, in this order. Which of them stands where is told first and the day is made of them once: all that a
-- macro names is bound anew in every place where it is used, which takes longer than to read a small file.
create or replace macro date_of(parts, day_first) as list_transform(
    [
        case
            when parts.a[4:4] between '0' and '9' then [parts.a, parts.b, parts.c]
            when not parts.b[1:1] between '0' and '9' then [parts.c, parts.b, parts.a]
            when parts.a[1:1] between '0' and '9' and day_first then [parts.c, parts.b, parts.a]
            else [parts.c, parts.a, parts.b]
        end
    ],
    lambda part: day_of(part[1], month_part(part[2]), part[3])
)[1];

-- A moment in any of the ways in which exports print one. The list of one makes its parts a value: what a macro is given
-- is else worked out, and bound, anew wherever it is named.
create or replace macro any_moment(value, day_first) as list_transform(
    [moment_parts(value)],
    lambda parts: date_of(parts, day_first) + time_of(parts.hour, parts.minute, parts.second, parts.half)
)[1];

-- The ways in which nearly all exports print a moment: a hundred times faster than the pattern for all.
create or replace macro usual_moment(value, day_first) as
    case
        when length(value) = 19 and value[5:5] = '-' then try_cast(value as timestamp)
        -- 2023-05-31 23:06:05 -0700: a cast of more than this would move the hour
        when value[5:5] = '-' and value[14:14] = ':' and value[17:17] = ':' then try_cast(left(value, 19) as timestamp)
        when value[3:3] in ('/', '.') or value[2:2] in ('/', '.') then case
            when day_first then full_year(try_strptime(
                trim(value),
                ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d.%m.%Y']
            ))
            else full_year(try_strptime(trim(value), ['%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y']))
        end
        when regexp_full_match(value, '20[0-9]{6}') then try_strptime(value, '%Y%m%d')
    end;

-- Local wall time as printed; the offset, where there is one, is read apart by to_instant. Unlike coalesce, case works out
-- only what it needs.
create or replace macro to_moment(value, day_first) as
    case
        when usual_moment(value, day_first) is not null then usual_moment(value, day_first)
        when value is not null then any_moment(value, day_first)
    end;

create or replace macro to_instant(value) as
    case
        when length(value) > 19
            then try_strptime(
                value,
                [
                    '%Y-%m-%d %H:%M:%S %z', '%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%d %H:%M:%S%z', '%Y-%m-%dT%H:%M:%S.%f%z',
                    '%Y-%m-%d %H:%M:%S.%f%z'
                ]
            )
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

-- Grams in one unit of weight, by its name in the usual languages; unknown for any other word.
create or replace macro grams_in(unit) as
    case
        when lower(trim(unit)) in ('g', 'gr', 'gram', 'grams', 'gramm', 'gramme', 'grammes', 'gramo', 'gramos') then 1
        when lower(trim(unit)) in ('kg', 'kgs', 'kilo', 'kilos', 'kilogram', 'kilograms', 'kilogramm', 'kilogramme', 'kilogramo')
            then 1000
        when lower(trim(unit)) in ('lb', 'lbs', 'pound', 'pounds') then 453.59237::decimal(18, 6)
        when lower(trim(unit)) in ('oz', 'ounce', 'ounces') then 28.349523::decimal(18, 6)
    end;

-- A weight in grams. Nothing is weighed at 0: that is how platforms print what was never entered.
create or replace macro to_grams(value, unit, decimal_comma) as
    cast(
        nullif(
            cast(to_number(trim(regexp_extract(value, '^([^[:alpha:]]*)', 1)), decimal_comma) as decimal(18, 4))
            * grams_in(coalesce(nullif(regexp_extract(value, '([[:alpha:]]+)[. ]*$', 1), ''), unit)), 0
        ) as decimal(18, 3)
    );

-- A weight that cannot be one: not a number, or below 0. One whose unit nobody says is only not known.
create or replace macro is_no_weight(value, decimal_comma) as
    value is not null
    and coalesce(to_number(trim(regexp_extract(value, '^([^[:alpha:]]*)', 1)), decimal_comma), -1) < 0;

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
-- A code stays as it is: so it stands in the file of rows set aside.
create or replace macro person(value, hash_key) as
    case
        when contains(value, 'h:') and regexp_full_match(trim(value), 'h:[0-9a-f]{32}') then trim(value)
        else 'h:' || left(sha256(hash_key || sha256(hash_key || lower(trimmed(value)))), 32)
    end;

-- A product's or order's code as it is kept: without the marks that spreadsheets and platforms wrap around text. Where a
-- spreadsheet has made a whole column floating point (`17850.0`), the caller says so and the tail goes.
create or replace macro to_code(value, is_float) as
    nullif(
        trim(
            case
                when is_float and regexp_full_match(trim(value), '[0-9]+\.0') then left(trim(value), -2)
                else regexp_replace(trim(value), '^="(.*)"$|^''', '\1')
            end
        ),
        ''
    );

-- Yes or no in the languages that headers are known in; null for a blank and for anything else.
create or replace macro to_flag(value) as
    case
        when lower(trim(value)) in ('yes', 'y', 'true', '1', 'x', '✓', 'ja', 'j', 'wahr', 'oui', 'o', 'vrai', 'sí', 'si', 's', 'verdadero')
            then true
        when lower(trim(value)) in ('no', 'n', 'false', '0', 'nein', 'falsch', 'non', 'faux', 'falso') then false
    end;

-- A number, or null where the cell says in words that there is none.
create or replace macro or_none(value) as
    case when lower(trim(value)) not in ('-', '--', '–', 'n/a', 'na', 'none', 'null', 'not stocked', 'unknown', 'k. a.', 'k.a.') then value end;
