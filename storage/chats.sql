-- name: come(chat_id, kind, title, at)^
insert into chats (chat_id, kind, title, state, at) values (:chat_id, :kind, :title, 'new', :at)
on conflict (chat_id) do update set kind = excluded.kind, title = excluded.title,
  state = case when chats.state = 'left' then 'new' else chats.state end,
  unit_id = case when chats.state = 'left' then null else chats.unit_id end
returning *;

-- name: get(chat_id)^
select * from chats where chat_id = :chat_id;

-- name: list_all()
select * from chats order by state = 'left', at, chat_id;

-- name: list_linked()
select * from chats where state = 'linked' order by chat_id;

-- name: set_state(chat_id, state, unit_id, linked_by, at)!
update chats set state = :state, unit_id = :unit_id, linked_by = :linked_by, at = :at where chat_id = :chat_id;

-- name: forget(chat_id)!
delete from chats where chat_id = :chat_id;

-- name: move(old_id, new_id)!
update chats set chat_id = :new_id, kind = 'supergroup' where chat_id = :old_id;

-- name: move_honours(old_id, new_id)!
update honours set chat_id = :new_id where chat_id = :old_id;

-- name: move_notices(old_id, new_id)!
update notices set chat_id = :new_id where chat_id = :old_id;
