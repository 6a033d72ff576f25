-- The lines that could not be cut into the header's columns, in words; what they hold is not repeated.
select
    line,
    min(
        case
            when error_type = 'TOO MANY COLUMNS' then 'the row has more columns than the header'
            when error_type = 'UNQUOTED VALUE' then 'a quotation mark is never closed, or text follows it'
            when error_type in ('INVALID UNICODE', 'INVALID ENCODING') then 'the row holds bytes that are not text in this encoding'
            when error_type = 'LINE SIZE OVER MAXIMUM' then 'the row is longer than two million characters'
            else lower(replace(error_type, '_', ' '))
        end
    ) as reason
from reject_errors
group by line
order by line;
