-- name: add_task(kind, person_id, args, at)^
insert into tasks (kind, person_id, args, made_at) values (:kind, :person_id, :args, :at) returning id;

-- name: begin_task(kinds, after)^
update tasks set attempts = attempts + 1
where id = (
  select id from tasks where state = 'pending' and id > :after and kind in each_text(:kinds)
  order by id limit 1 for_update_skip_locked
)
returning *;

-- name: hold_task(id, attempts)^
update tasks set attempts = attempts where id = :id and attempts = :attempts returning id;

-- name: postpone_task(id)!
update tasks set attempts = attempts - 1 where id = :id;

-- name: list_needing_files(ids, since)
select t.id from tasks t
where t.id in each_int(:ids) and (
  t.state = 'pending' or (t.ended_at > :since and (t.kind in ('roster_check', 'paper_check') or exists (
    select 1 from notices n
    where n.kind in ('file', 'document') and n.occurrence in ('task:' || t.id, 'task:' || t.id || ':pdf')
      and n.state in ('pending', 'sending')
  )))
);

-- name: find_task(id)^
select * from tasks where id = :id;

-- name: cancel_task(id, at)^
update tasks set cancelled_at = coalesce(cancelled_at, :at) where id = :id and state = 'pending' returning id;

-- name: end_task(id, state, error, at)!
update tasks set state = :state, error = :error, ended_at = :at where id = :id;

-- name: get_watermark(job)^
select done_until from watermarks where job = :job;

-- name: set_watermark(job, done_until)!
insert into watermarks (job, done_until) values (:job, :done_until)
on conflict (job) do update set done_until = excluded.done_until;

-- name: drop_watermark(job)^
delete from watermarks where job = :job returning job;

-- name: list_menus()
select scope, language, digest from menus;

-- name: set_menu(scope, language, digest)!
insert into menus (scope, language, digest) values (:scope, :language, :digest)
on conflict (scope, language) do update set digest = excluded.digest;

-- name: drop_menu(scope, language)!
delete from menus where scope = :scope and language = :language;
