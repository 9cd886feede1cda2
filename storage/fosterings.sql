-- name: add(exemplar_id, mentor_id, aim, made_by, at)^
insert into fosterings (exemplar_id, mentor_id, aim, made_by, made_at)
values (:exemplar_id, :mentor_id, :aim, :made_by, :at)
on conflict (exemplar_id) do nothing
returning id;

-- name: get(id)^
select f.*, p.full_name as mentor_name from fosterings f join people p on p.id = f.mentor_id where f.id = :id;

-- name: find_of(exemplar_id)^
select id from fosterings where exemplar_id = :exemplar_id;

-- name: find_of_step(step_id)^
select fostering_id as id from foster_steps where id = :step_id;

-- name: save(id, version, mentor_id, aim, state, outcome, ended_at)^
update fosterings set mentor_id = :mentor_id, aim = :aim, state = :state, outcome = :outcome,
  ended_at = :ended_at, version = version + 1
where id = :id and version = :version
returning version;

-- name: list_steps(fostering_id)
select * from foster_steps where fostering_id = :fostering_id order by due_on, id;

-- name: add_step(fostering_id, text, due_on)^
insert into foster_steps (fostering_id, text, due_on) values (:fostering_id, :text, :due_on) returning id;

-- name: save_step(id, text, due_on, done_at, result, dropped_at)!
update foster_steps set text = :text, due_on = :due_on, done_at = :done_at, result = :result,
  dropped_at = :dropped_at
where id = :id;

-- name: list_late(before)
-- Steps not done whose day was before that one, of what is under way.
select s.id as step_id, s.due_on, f.id, f.exemplar_id, n.unit_id from foster_steps s
join fosterings f on f.id = s.fostering_id join exemplars e on e.id = f.exemplar_id
join nominations n on n.id = e.nomination_id
where f.state = 'open' and s.done_at is null and s.dropped_at is null and s.due_on < :before
order by s.due_on, s.id;

-- name: list_open_of(person_id)
-- What a person guides, or is guided in.
select f.id from fosterings f join exemplars e on e.id = f.exemplar_id
where f.state = 'open' and (f.mentor_id = :person_id or e.representative_id = :person_id) order by f.id;
