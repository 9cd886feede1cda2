-- name: hold_due(now)!
update notices set state = 'held', changed_at = :now where state = 'pending' and due_at <= :now;

-- name: doubt_sending(now)!
update notices set state = 'unknown', error = 'restored',
  changed_at = case when state = 'sending' then :now else changed_at end
where state in ('sending', 'unknown');

-- name: drop_tasks(now)!
update tasks set state = 'failed', error = 'restored', ended_at = :now where state = 'pending';

-- name: keep_screens()!
update screens set shown_version = version where shown_version < version;

-- name: forget_menus()!
update menus set digest = '';
