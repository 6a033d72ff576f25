-- True if this transaction now holds the lock of that number, false if another has it.
select pg_try_advisory_xact_lock(:lock)
