-- name: drop_drafts_about(owner_id, first, last)!
delete from drafts where owner_id = :owner_id or fields like :first or fields like :last;

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

-- name: empty_unread_updates(first, last)!
update unread_updates set body = '' where body like :first or body like :last;

-- name: forget_screens(before)!
delete from screens
where changed_at < :before and shown_version >= version
  and chat_id not in (select p.telegram_id from people p where p.telegram_id is not null);
