-- What the payments export cannot date is said.
insert into file_notices
select
    format(
        '{:,} payments were refunded in part or whole ({} in all); the file does not say when. Import the balance transactions, '
        || 'which do.', count(*), cents(sum(went_back))
    ) as notice,
    count(*) as value
from keyed
where from_last = 1 and went_back > 0
having count(*) > 0;
