-- name: note_update(update_id, at)^
insert into updates (update_id, at) values (:update_id, :at)
on conflict (update_id) do nothing
returning update_id;

-- name: set_aside(update_id, at, reason, body)!
insert into unread_updates (update_id, at, reason, body) values (:update_id, :at, :reason, :body)
on conflict (update_id) do nothing;

-- name: forget_updates(before)!
delete from updates where at < :before;

-- name: get_screen(chat_id)^
select * from screens where chat_id = :chat_id;

-- name: save_screen(chat_id, flow, body, at)^
insert into screens (chat_id, flow, version, shown_version, message_id, body, changed_at)
values (:chat_id, :flow, 1, 0, null, :body, :at)
on conflict (chat_id) do update set
  flow = excluded.flow, version = screens.version + 1, body = excluded.body, changed_at = excluded.changed_at
returning version;

-- name: mark_shown(marks)!
update screens set shown_version = shown.version, message_id = shown.message_id
from json_rows(:marks, chat_id bigint, version bigint, message_id bigint) as shown
where screens.chat_id = shown.chat_id and screens.shown_version <= shown.version;

-- name: list_unshown(since)
select * from screens where shown_version < version and changed_at >= :since order by changed_at;

-- name: find_draft(owner_id, flow)^
select * from drafts where owner_id = :owner_id and flow = :flow;

-- name: put_draft(owner_id, flow, step, fields, at)^
insert into drafts (owner_id, flow, step, version, fields, made_at, changed_at)
values (:owner_id, :flow, :step, 1, :fields, :at, :at)
on conflict (owner_id, flow) do update set
  step = excluded.step, version = drafts.version + 1, fields = excluded.fields, changed_at = excluded.changed_at
returning id, version;

-- name: drop_draft(owner_id, flow)!
delete from drafts where owner_id = :owner_id and flow = :flow;

-- name: list_noted(update_ids)
select update_id from updates where update_id in each_int(:update_ids);

-- name: change_screen(chat_id, version, body, at)^
update screens set version = version + 1, body = :body, changed_at = :at
where chat_id = :chat_id and version = :version
returning version;
