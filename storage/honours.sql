-- name: put(exemplar_id, place, chat_id, post_id, text_version, person_id, at)^
insert into honours (exemplar_id, place, chat_id, post_id, text_version, person_id, at)
values (:exemplar_id, :place, :chat_id, :post_id, :text_version, :person_id, :at)
on conflict (exemplar_id, place) do update set chat_id = excluded.chat_id, post_id = excluded.post_id,
  text_version = excluded.text_version, person_id = excluded.person_id, at = excluded.at, removed_at = null
where honours.removed_at is not null
returning *;

-- name: list_of(exemplar_id)
select * from honours where exemplar_id = :exemplar_id and removed_at is null order by id;

-- name: get(id)^
select * from honours where id = :id;

-- name: remove_of(exemplar_id, at)!
update honours set removed_at = :at where exemplar_id = :exemplar_id and removed_at is null;

-- name: remove(id, at)!
update honours set removed_at = :at where id = :id;

-- name: find_delivery(occurrence)^
select id, chat_id, message_id, state from notices where kind = 'honour' and occurrence = :occurrence;

-- name: note_delivery(id, chat_id, message_id, now)!
update notices set state = 'sent', message_id = :message_id, changed_at = :now
where id = :id and kind = 'honour' and chat_id = :chat_id and message_id is null and state in ('sending', 'unknown');

-- name: cancel(kind, occurrence, now)!
update notices set state = 'cancelled', changed_at = :now
where kind = :kind and occurrence = :occurrence and state in ('pending', 'held');

-- name: forget_title(post_id)!
update posts set title = '' where id = :post_id;

-- name: list_copies(occurrence)
select person_id, message_id from notices
where kind = 'post' and occurrence = :occurrence and message_id is not null order by person_id;

-- name: find_copy(occurrence, person_id)^
select message_id from notices where kind = 'post' and occurrence = :occurrence and person_id = :person_id;

-- name: congratulate(exemplar_id, person_id, at)^
insert into congratulations (exemplar_id, person_id, at) values (:exemplar_id, :person_id, :at)
on conflict (exemplar_id, person_id) do nothing
returning person_id;

-- name: count_congratulations(exemplar_id)^
select count(*) as n from congratulations where exemplar_id = :exemplar_id;
