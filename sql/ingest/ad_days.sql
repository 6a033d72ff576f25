-- How advertising platforms write spans of days, cut into the texts of their two ends: July 8, 2025 - July 31, 2025; 1/1/2026 to
-- 1/31/2026; 2026-01-01 - 2026-01-31. One day alone is both of its ends; a first end may leave its year to the second.
create or replace macro cut_ends(value) as case
    when regexp_full_match(value, '[0-9]{4}-[0-9]{2}-[0-9]{2}[\s_,/–-]+[0-9]{4}-[0-9]{2}-[0-9]{2}') then [value[1:10], right(value, 10)]
    when regexp_matches(value, '(?i)\s(-|to|bis|au|al|a|hasta|until|through)\s|[–—~]')
        then string_split_regex(
            regexp_replace(value, '(?i)^(from|du|vom|dal|del|desde el|desde)\s+', ''),
            '(?i)\s+(?:-|to|bis|au|al|a|hasta|until|through)\s+|\s*[–—~]\s*'
        )
    when regexp_full_match(value, '[^-]+-[^-]+') and not regexp_full_match(value, '[0-9]{4}-[0-9]{1,2}') then string_split(value, '-')
    else [value, value]
end;

create or replace macro ends_said(value) as list_transform(
    [cut_ends(trim(value))],
    lambda ends: case
        when len(ends) <> 2 then null
        when regexp_matches(ends[1], '[0-9]{4}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2}') then [trim(ends[1]), trim(ends[2])]
        else [trim(ends[1]) || ' ' || regexp_extract(ends[2], '([0-9]{4})', 1), trim(ends[2])]
    end
)[1];

-- The first day of a month or a quarter that is named: January 2026, 2026-01, 01/2026, Q1 2026. Anything else stays.
create or replace macro first_of_named(value) as case
    when regexp_full_match(value, '[0-9]{4}-[0-9]{1,2}') then value || '-01'
    when regexp_full_match(value, '[0-9]{1,2}/[0-9]{4}') then right(value, 4) || '-' || string_split(value, '/')[1] || '-01'
    when regexp_full_match(value, '[^0-9]+[0-9]{4}') and not regexp_matches(value, '(?i)^(q|t)[1-4]') then '1 ' || value
    when regexp_full_match(value, '(?i)([QT]\s?[1-4][\s/-]*[0-9]{4}|[0-9]{4}[\s/-]*[QT]\s?[1-4])')
        then regexp_extract(value, '([0-9]{4})', 1) || '-'
        || (3 * cast(regexp_extract(value, '(?i)[QT]\s?([1-4])', 1) as integer) - 2) || '-01'
    else value
end;
