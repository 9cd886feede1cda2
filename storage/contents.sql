-- name: add(title, body, tags, source, at)^
insert into contents (title, body, tags, source, state, made_at, changed_at)
values (:title, :body, :tags, :source, 'draft', :at, :at)
returning *;

-- name: get(id)^
select * from contents where id = :id;

-- name: list_all()
select * from contents order by id;

-- name: change(id, changed_at, title, body, tags, source, state, at)^
update contents set title = :title, body = :body, tags = :tags, source = :source, state = :state, changed_at = :at
where id = :id and changed_at = :changed_at
returning *;

-- name: list_uses()
select content_id, state, send_at from posts where content_id is not null order by send_at;
