-- name: note(at, actor_id, act, subject, subject_id, detail)!
insert into audit (at, actor_id, act, subject, subject_id, detail)
values (:at, :actor_id, :act, :subject, :subject_id, :detail);

-- name: list_audit(after, most)
select * from audit where id > :after order by id limit :most;

-- name: add_invite(secret_hash, person_id, made_by, made_at, expires_at)!
insert into invites (secret_hash, person_id, made_by, made_at, expires_at)
values (:secret_hash, :person_id, :made_by, :made_at, :expires_at);

-- name: use_invite(secret_hash, now)^
update invites set used_at = :now
where secret_hash = :secret_hash and used_at is null and expires_at > :now
returning person_id;

-- name: add_data_request(person_id, kind, body, at)^
insert into data_requests (person_id, kind, body, at) values (:person_id, :kind, :body, :at) returning id;

-- name: find_data_request(id)^
select d.*, p.full_name, p.code, u.name as unit_name
from data_requests d join people p on p.id = d.person_id join units u on u.id = p.unit_id
where d.id = :id;

-- name: settle_data_request(id, at)^
update data_requests set settled_at = :at where id = :id and settled_at is null returning person_id;

-- name: empty_data_requests(person_id, at)!
update data_requests set body = '', settled_at = coalesce(settled_at, :at) where person_id = :person_id;

-- name: drop_invites(person_id)!
delete from invites where person_id = :person_id;
