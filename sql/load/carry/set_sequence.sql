-- Let a sequence go on behind a number, or behind the one it has reached itself.
select setval(
    cast(:name as regclass),
    greatest(:value, (select s.last_value from pg_sequences as s where format('%I.%I', s.schemaname, s.sequencename) = :name))
)
