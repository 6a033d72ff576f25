-- Which buckets the statements of carry/tables mean from here on, in this transaction.
select set_config('storeledger.buckets', cast(cast(:buckets as text[]) as text), true)
