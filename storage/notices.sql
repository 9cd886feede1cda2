-- name: plan(kind, occurrence, person_id, body, due_at, expires_at, at)^
insert into notices (kind, occurrence, person_id, body, due_at, expires_at, made_at, changed_at)
values (:kind, :occurrence, :person_id, :body, :due_at, :expires_at, :at, :at)
on conflict (kind, occurrence, person_id) do nothing
returning id;

-- name: plan_for_everybody(kind, occurrence, body, due_at, expires_at, at)!
insert into notices (kind, occurrence, person_id, body, due_at, expires_at, made_at, changed_at)
select :kind, :occurrence, p.id, :body, cast(:due_at as bigint), cast(:expires_at as bigint),
  cast(:at as bigint), cast(:at as bigint)
from people p
where p.telegram_id is not null and p.consent_version > 0 and p.blocked_at is null and p.left_at is null
  and p.erased_at is null
on conflict (kind, occurrence, person_id) do nothing;

-- name: claim(now, token)^
update notices set state = 'sending', token = :token, attempts = attempts + 1, changed_at = :now
where id = (
  select id from notices where state = 'pending' and due_at <= :now order by due_at, id limit 1 for_update_skip_locked
) and state = 'pending'
returning *;

-- name: settle(id, token, state, message_id, error, due_at, now)^
update notices set state = :state, message_id = :message_id, error = :error, due_at = :due_at, changed_at = :now
where id = :id and token = :token and state in ('sending', 'unknown')
returning id;

-- name: park_sending(now)!
update notices set state = 'unknown', error = 'stopped while sending', changed_at = :now where state = 'sending';

-- name: delivered_by_tap(id, person_id, now)!
update notices set state = 'sent', changed_at = :now
where id = :id and person_id = :person_id and state in ('sending', 'unknown');

-- name: next_due()^
select min(due_at) as due_at from notices where state = 'pending';

-- name: count_by_state()
select state, count(*) as n from notices group by state;

-- name: cancel_for(person_id)!
update notices set state = 'cancelled' where person_id = :person_id and state = 'pending';
