create trigger audit_keeps_rows before delete on audit
begin
  select raise(abort, 'audit is append-only');
end;

create trigger audit_keeps_values before update on audit
begin
  select raise(abort, 'audit is append-only');
end;
