-- name: add(exemplar_id, unit_id, body, plan, person_id, at)^
insert into adoptions (exemplar_id, unit_id, body, plan, person_id, pledged_at)
values (:exemplar_id, :unit_id, :body, :plan, :person_id, :at)
on conflict do nothing
returning id;

-- name: get(id)^
select a.*, coalesce(u.name, a.body) as name from adoptions a left join units u on u.id = a.unit_id
where a.id = :id;

-- name: find_of_unit(exemplar_id, unit_id)^
select a.*, coalesce(u.name, a.body) as name from adoptions a left join units u on u.id = a.unit_id
where a.exemplar_id = :exemplar_id and a.unit_id = :unit_id;

-- name: list_of(exemplar_id)
select a.*, coalesce(u.name, a.body) as name from adoptions a left join units u on u.id = a.unit_id
where a.exemplar_id = :exemplar_id order by a.pledged_at, a.id;

-- name: list_of_units(units)
select a.*, coalesce(u.name, a.body) as name from adoptions a left join units u on u.id = a.unit_id
where a.unit_id in each_int(:units) order by a.pledged_at desc, a.id desc;

-- name: save(id, version, plan, result, state, ended_at)^
update adoptions set plan = :plan, result = :result, state = :state, ended_at = :ended_at, version = version + 1
where id = :id and version = :version
returning version;
