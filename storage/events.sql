-- name: add(kind, title, host_id, place, starts_at, audience, note, made_by, at)^
insert into events (kind, title, host_id, place, starts_at, audience, note, made_by, made_at, changed_at)
values (:kind, :title, :host_id, :place, :starts_at, :audience, :note, :made_by, :at, :at)
returning *;

-- name: get(id)^
select * from events where id = :id;

-- name: list_all()
select * from events order by starts_at, id;

-- name: save(id, version, title, place, starts_at, note, state, outcome, attended, reason, at)^
update events set title = :title, place = :place, starts_at = :starts_at, note = :note, state = :state,
  outcome = :outcome, attended = :attended, reason = :reason, changed_at = :at, version = version + 1
where id = :id and version = :version
returning *;

-- name: list_speakers(event_id)
select * from event_speakers where event_id = :event_id order by exemplar_id;

-- name: add_speaker(event_id, exemplar_id, person_id, at)!
insert into event_speakers (event_id, exemplar_id, person_id, at)
values (:event_id, :exemplar_id, :person_id, :at)
on conflict (event_id, exemplar_id) do nothing;

-- name: drop_speaker(event_id, exemplar_id)!
delete from event_speakers where event_id = :event_id and exemplar_id = :exemplar_id;

-- name: answer_to_speak(event_id, exemplar_id, person_id, answer, at)^
update event_speakers set answer = :answer, at = :at
where event_id = :event_id and exemplar_id = :exemplar_id and person_id = :person_id and answer <> :answer
returning exemplar_id;

-- name: reply(event_id, person_id, answer, version, at)!
insert into event_replies (event_id, person_id, answer, version, at)
values (:event_id, :person_id, :answer, :version, :at)
on conflict (event_id, person_id)
do update set answer = excluded.answer, version = excluded.version, at = excluded.at;

-- name: find_reply(event_id, person_id)^
select answer, version from event_replies where event_id = :event_id and person_id = :person_id;

-- name: list_replies(event_id)
select r.person_id, r.answer, p.full_name, p.code, u.name as unit_name
from event_replies r join people p on p.id = r.person_id join units u on u.id = p.unit_id
where r.event_id = :event_id and p.left_at is null order by u.id, p.folded_name, p.id;

-- name: note_change(event_id, version, field, before, person_id, at)!
insert into event_changes (event_id, version, field, before, person_id, at)
values (:event_id, :version, :field, :before, :person_id, :at);

-- name: list_changed(event_id, since)
select field from event_changes where event_id = :event_id and version > :since
group by field order by min(version), field;

-- name: list_told(prefix, person_id)
select occurrence from notices
where kind = 'event_changed' and person_id = :person_id and state = 'sent' and occurrence like :prefix;
