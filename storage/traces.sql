-- name: drop_own_drafts(owner_id)!
delete from drafts where owner_id = :owner_id;

-- name: list_drafts()
select id, fields from drafts order by id;

-- name: drop_draft(id)!
delete from drafts where id = :id;

-- name: set_draft(id, fields)!
update drafts set fields = :fields where id = :id;

-- name: list_screens()
select chat_id, body from screens where body <> '{}' order by chat_id;

-- name: empty_screens_of(chat_ids)!
update screens set body = '{}', shown_version = version where chat_id in each_int(:chat_ids);

-- name: empty_screens(chat_id, name)!
update screens set body = '{}', shown_version = version
where chat_id = :chat_id or body like :name escape '\';

-- name: empty_notices(person_id, name)!
update notices set body = '{}', state = case when state = 'pending' then 'cancelled' else state end
where person_id = :person_id or body like :name escape '\';

-- name: empty_tasks(person_id, name, at)!
update tasks set args = '{}', state = case when state = 'pending' then 'failed' else state end,
  error = coalesce(error, 'erased'), ended_at = coalesce(ended_at, :at)
where person_id = :person_id or args like :name escape '\';

-- name: begin_files_again(kinds)!
-- Files that wait to go out, or are being made, were made of the rows as they were: they are made anew.
update tasks set state = 'pending', ended_at = null, attempts = attempts - 1
where kind in each_text(:kinds) and (state = 'pending' or exists (
  select 1 from notices n where n.kind in ('file', 'document') and n.state = 'pending'
    and n.occurrence in ('task:' || tasks.id, 'task:' || tasks.id || ':pdf')
));

-- name: drop_waiting_files(kinds)!
delete from notices
where kind in ('file', 'document') and state = 'pending' and exists (
  select 1 from tasks t where t.kind in each_text(:kinds)
    and notices.occurrence in ('task:' || t.id, 'task:' || t.id || ':pdf')
);

-- name: empty_unread_updates(first, last)!
update unread_updates set body = '' where body like :first or body like :last;

-- name: empty_unread_naming(name)!
update unread_updates set body = '' where body like :name escape '\';

-- name: forget_screens(before)!
delete from screens
where changed_at < :before and shown_version >= version
  and chat_id not in (select p.telegram_id from people p where p.telegram_id is not null);
