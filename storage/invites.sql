-- name: void(codes, now)!
update invites set expires_at = :now
where used_at is null and expires_at > :now
  and person_id in (select id from people where code in each_text(:codes));

-- name: add_many(rows, made_by, made_at, expires_at)!
insert into invites (secret_hash, person_id, made_by, made_at, expires_at)
select r.secret_hash, r.person_id, cast(:made_by as bigint), cast(:made_at as bigint), cast(:expires_at as bigint)
from json_rows(:rows, secret_hash text, person_id bigint) as r;

-- name: count_outside()
select p.unit_id, count(*) as n from people p
where p.telegram_id is null and p.left_at is null and p.erased_at is null
group by p.unit_id;
