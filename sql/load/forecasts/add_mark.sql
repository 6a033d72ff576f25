insert into demand_marks (store_id, product_key, first_day, last_day, reason, marked_by)
values (:store_id, :product_key, :first_day, :last_day, :reason, :marked_by)
returning mark_id
