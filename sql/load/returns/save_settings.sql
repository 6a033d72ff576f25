insert into return_settings (store_id, outbound_label, return_label, handling, written_off_share)
values (:store_id, :outbound_label, :return_label, :handling, :written_off_share)
on conflict (store_id) do update set
    outbound_label = excluded.outbound_label,
    return_label = excluded.return_label,
    handling = excluded.handling,
    written_off_share = excluded.written_off_share
