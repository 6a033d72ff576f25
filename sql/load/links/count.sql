-- One more browser that opened a link.
update share_links
set
    opens = opens + 1,
    last_opened_at = now()
where link_id = :link_id
