-- name: plan(kind, occurrence, person_ids, body, due_at, expires_at, hours, urgency, chat_id, at)
insert into notices (
  kind, occurrence, person_id, body, due_at, expires_at, hours, urgency, chat_id, state, made_at, changed_at
)
select :kind, :occurrence, p.id, :body, cast(:due_at as bigint), cast(:expires_at as bigint), :hours,
  cast(:urgency as bigint), cast(:chat_id as bigint),
  case when cast(:due_at as bigint) <= coalesce((select w.done_until from watermarks w where w.job = 'restored'), -1)
    then 'held' else 'pending' end,
  cast(:at as bigint), cast(:at as bigint)
from people p where p.id in each_int(:person_ids)
on conflict (kind, occurrence, person_id) do nothing
returning id;

-- name: list_waiting(now, hours, most)
select n.id, coalesce(n.chat_id, p.telegram_id) as to_chat
from notices n join people p on p.id = n.person_id
where n.state = 'pending' and n.due_at <= :now and n.hours in each_text(:hours)
order by n.urgency, n.due_at, n.id limit :most;

-- name: claim(id, now, hours, token)^
update notices set state = 'sending', token = :token, attempts = attempts + 1, changed_at = :now
where id = :id and state = 'pending' and due_at <= :now and hours in each_text(:hours)
returning *;

-- name: settle(id, token, state, message_id, error, due_at, now)^
update notices set state = :state, message_id = coalesce(cast(:message_id as bigint), message_id), error = :error,
  due_at = :due_at, changed_at = :now
where id = :id and token = :token and (state in ('sending', 'unknown') or (state = 'pending' and copy > 1))
returning id;

-- name: park_sending(before, now)!
update notices set state = 'unknown', error = 'stopped while sending', changed_at = :now
where state = 'sending' and changed_at <= :before;

-- name: expire(now)!
update notices set state = case when copy > 1 then 'unknown' else 'expired' end, changed_at = :now
where state in ('pending', 'held') and expires_at <= :now;

-- name: send_again(kinds, before, now)!
update notices set state = 'pending', copy = 2, due_at = :now, changed_at = :now
where state = 'unknown' and copy = 1 and kind in each_text(:kinds) and changed_at <= :before
  and coalesce(error, '') <> 'restored'
  and (expires_at is null or expires_at > :now);

-- name: delivered_by_tap(id, person_id, now)!
update notices set state = 'sent', changed_at = :now
where id = :id and person_id = :person_id
  and (state in ('sending', 'unknown') or (state = 'pending' and copy > 1));

-- name: get(id)^
select * from notices where id = :id;

-- name: next_due()^
select min(due_at) as due_at from notices where state = 'pending';

-- name: count_by_state()
select state, count(*) as n from notices group by state;

-- name: count_of(kind, occurrence)
select state, count(*) as n from notices where kind = :kind and occurrence = :occurrence group by state;

-- name: list_in_state(state, since, most)
select n.id, n.kind, n.occurrence, n.error, n.due_at, p.full_name, u.name as unit_name
from notices n join people p on p.id = n.person_id join units u on u.id = p.unit_id
where n.state = :state and n.changed_at >= :since
order by n.changed_at desc, n.id limit :most;

-- name: release_held(now)!
update notices set state = 'pending', changed_at = :now where state = 'held';

-- name: drop_held(now)!
update notices set state = 'cancelled', changed_at = :now where state = 'held';

-- name: cancel_for(person_id)!
update notices set state = 'cancelled' where person_id = :person_id and state in ('pending', 'held');
