-- What a store says that its returned parcels cost; no row until it says something.
select outbound_label, return_label, handling, written_off_share
from return_settings
where store_id = :store_id
