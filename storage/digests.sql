-- name: get(person_id)^
select * from digests where person_id = :person_id;

-- name: save(person_id, cadence, day, hour, version, at)^
insert into digests (person_id, cadence, day, hour, asked_at) values (:person_id, :cadence, :day, :hour, :at)
on conflict (person_id) do update
set cadence = excluded.cadence, day = excluded.day, hour = excluded.hour, asked_at = excluded.asked_at,
  version = digests.version + 1
where digests.version = :version
returning version;

-- name: remove(person_id)!
delete from digests where person_id = :person_id;
