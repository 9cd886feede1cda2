-- name: add(kind, text, period, unit_id, exemplar_id, movement_id, event_id, person_id, at)^
insert into lessons (kind, text, period, unit_id, exemplar_id, movement_id, event_id, person_id, at)
values (:kind, :text, :period, :unit_id, :exemplar_id, :movement_id, :event_id, :person_id, :at)
returning id;

-- name: get(id)^
select l.*, coalesce(u.name, '') as unit_name, p.full_name as author, coalesce(m.name, '') as movement_name,
  coalesce(v.title, '') as event_title
from lessons l join people p on p.id = l.person_id left join units u on u.id = l.unit_id
left join movements m on m.id = l.movement_id left join events v on v.id = l.event_id
where l.id = :id;

-- name: list_of(kind, period, exemplar_id, event_id, movement_id, most, skip)
select l.*, coalesce(u.name, '') as unit_name, p.full_name as author, coalesce(m.name, '') as movement_name,
  coalesce(v.title, '') as event_title, count(*) over () as n
from lessons l join people p on p.id = l.person_id left join units u on u.id = l.unit_id
left join movements m on m.id = l.movement_id left join events v on v.id = l.event_id
where l.withdrawn_at is null and l.text <> ''
  and (cast(:kind as text) = '' or l.kind = :kind)
  and (cast(:period as text) = '' or l.period = :period)
  and (cast(:exemplar_id as bigint) = 0 or l.exemplar_id = :exemplar_id)
  and (cast(:event_id as bigint) = 0 or l.event_id = :event_id)
  and (cast(:movement_id as bigint) = 0 or l.movement_id = :movement_id)
order by l.at desc, l.id desc limit :most offset :skip;

-- name: list_periods()
select period, count(*) as n from lessons where withdrawn_at is null and text <> ''
group by period order by period desc;

-- name: withdraw(id, at)^
update lessons set withdrawn_at = :at where id = :id and withdrawn_at is null returning id;

-- name: find_event_title(id)^
select title from events where id = :id;
