-- name: add(kind, key, args, due_at)!
insert into followups (kind, key, args, due_at) values (:kind, :key, :args, :due_at)
on conflict (kind, key) do nothing;

-- name: list_due(now)
select * from followups where done_at is null and due_at <= :now order by due_at, id limit 200;

-- name: any_due(now)^
select id from followups where done_at is null and due_at <= :now limit 1;

-- name: settle(id, at)!
update followups set done_at = :at where id = :id and done_at is null;
