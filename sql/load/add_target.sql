insert into targets (store_id, month, metric, currency, amount)
values (:store_id, :month, :metric, :currency, :amount)
