-- A snapshot of a location on a day is one fact: it is replaced whole.
delete from inventory_levels
where store_id = :store_id and as_of = :as_of and location in (select location from levels_stage)
