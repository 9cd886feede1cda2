-- name: add(kind, key, title, text, words, picture, audience, send_at, expires_at, state, content_id, author_id, decided_by, decided_at, at)^
insert into posts (
  kind, key, title, text, words, picture, audience, send_at, expires_at, state, content_id, author_id, decided_by,
  decided_at, made_at
)
values (
  :kind, :key, :title, :text, :words, :picture, :audience, :send_at, :expires_at, :state, :content_id, :author_id,
  :decided_by, :decided_at, :at
)
on conflict (key) do nothing
returning *;

-- name: get(id)^
select * from posts where id = :id;

-- name: find_by_key(key)^
select * from posts where key = :key;

-- name: change(id, version, text, picture, send_at, expires_at, state, decided_by, decided_at)^
update posts set text = :text, picture = :picture, send_at = :send_at, expires_at = :expires_at, state = :state,
  decided_by = :decided_by, decided_at = :decided_at, version = version + 1
where id = :id and version = :version
returning *;

-- name: set_told(id, told)!
update posts set told = :told where id = :id;

-- name: list_due(now)
select * from posts where state in ('waiting', 'approved', 'sending') and send_at <= :now order by send_at, id;

-- name: list_open(most)
select * from posts where state in ('waiting', 'approved', 'sending') order by send_at, id limit :most;

-- name: list_deliveries(occurrence)
select person_id, state, error from notices where kind = 'post' and occurrence = :occurrence order by id;

-- name: list_progress(like_occurrence)
select state, message_id from notices where kind = 'progress' and occurrence like :like_occurrence order by id;
