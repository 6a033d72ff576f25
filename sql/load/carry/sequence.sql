-- The last number that a sequence gave; none if it gave none.
select last_value
from pg_sequences
where format('%I.%I', schemaname, sequencename) = :name
