create function audit_refuses() returns trigger language plpgsql as
$$ begin raise exception 'audit is append-only'; end $$;

create trigger audit_keeps_rows before update or delete or truncate on audit
for each statement execute function audit_refuses();
