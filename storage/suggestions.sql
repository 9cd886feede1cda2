-- name: add(person_id, text, at)^
insert into suggestions (person_id, text, at) values (:person_id, :text, :at) returning id;

-- name: get(id)^
select s.*, p.full_name, u.name as unit_name
from suggestions s join people p on p.id = s.person_id join units u on u.id = p.unit_id
where s.id = :id;

-- name: list_between(first_at, before_at)
select s.*, p.full_name, u.name as unit_name
from suggestions s join people p on p.id = s.person_id join units u on u.id = p.unit_id
where s.at >= :first_at and s.at < :before_at order by s.at desc, s.id desc;

-- name: list_of(person_id)
select s.*, p.full_name, u.name as unit_name
from suggestions s join people p on p.id = s.person_id join units u on u.id = p.unit_id
where s.person_id = :person_id order by s.at desc, s.id desc;

-- name: count_open(person_id)^
select count(*) as n from suggestions where person_id = :person_id and state = 'open';

-- name: settle(id, state, answer, answered_by, at)^
update suggestions set state = :state, answer = :answer, answered_by = :answered_by, answered_at = :at
where id = :id and state = 'open'
returning id;
