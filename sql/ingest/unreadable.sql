-- Where in the file the rows stand that could not be cut into the header's columns, and why; what they hold is not
-- repeated. The parser's own line numbers count records, not lines, so the byte counts instead.
select
    coalesce(line_byte_position, byte_position) - 1 as position,
    min(
        case
            when error_type = 'TOO MANY COLUMNS' then 'the row has more columns than the header'
            when error_type = 'UNQUOTED VALUE' then 'a quotation mark is never closed, or text follows it'
            when error_type in ('INVALID UNICODE', 'INVALID ENCODING') then 'the row holds bytes that are not text in this encoding'
            when error_type = 'LINE SIZE OVER MAXIMUM' then 'the row is longer than two million characters'
            else lower(replace(error_type, '_', ' '))
        end
    ) as reason,
    bool_or(error_type = 'UNQUOTED VALUE') as is_quote
from reject_errors
group by position
order by position;
