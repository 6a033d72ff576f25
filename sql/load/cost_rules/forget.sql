delete from cost_rules
where store_id = :store_id and rule_no = any(cast(:numbers as integer[]))
