-- name: add_task(kind, person_id, args, at)^
insert into tasks (kind, person_id, args, made_at) values (:kind, :person_id, :args, :at) returning id;

-- name: next_task()^
select * from tasks where state = 'pending' order by id limit 1;

-- name: end_task(id, state, error, at)!
update tasks set state = :state, error = :error, ended_at = :at where id = :id;

-- name: get_watermark(job)^
select done_until from watermarks where job = :job;

-- name: set_watermark(job, done_until)!
insert into watermarks (job, done_until) values (:job, :done_until)
on conflict (job) do update set done_until = excluded.done_until;

-- name: list_menus()
select scope, language, digest from menus;

-- name: set_menu(scope, language, digest)!
insert into menus (scope, language, digest) values (:scope, :language, :digest)
on conflict (scope, language) do update set digest = excluded.digest;
