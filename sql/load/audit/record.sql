-- One more line of the audit log.
insert into audit_log (actor, role, action, subject, store_id, details)
values (:actor, :role, :action, :subject, :store_id, cast(:details as jsonb))
