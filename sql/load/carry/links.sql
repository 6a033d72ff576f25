select
    link_id,
    store_id,
    page,
    query,
    hides_amounts,
    made_by,
    made_at,
    expires_at,
    revoked_at
from share_links
