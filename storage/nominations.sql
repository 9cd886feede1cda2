-- name: list_movements()
select * from movements order by id;

-- name: add_movement(name, level, from_on, to_on)!
insert into movements (name, level, from_on, to_on) values (:name, :level, :from_on, :to_on)
on conflict (name) do nothing;

-- name: join_or_add(nominee_kind, nominee_id, nominee_key, nominee_name, nominee_post, unit_id, period, at)^
insert into nominations (nominee_kind, nominee_id, nominee_key, nominee_name, nominee_post, unit_id, period, made_at)
values (:nominee_kind, :nominee_id, :nominee_key, :nominee_name, :nominee_post, :unit_id, :period, :at)
on conflict (nominee_key, period) do update set nominee_key = excluded.nominee_key
returning id;

-- name: count_reasons(nomination_id)^
-- A statement of its own: the one before may have waited for somebody whose reason it does not see.
select count(*) as n from endorsements where nomination_id = :nomination_id and withdrawn_at is null;

-- name: add_endorsement(nomination_id, nominator_id, kind, movement_id, story, result, spread, lesson, field, deed_period, hide_name, at)^
insert into endorsements (
  nomination_id, nominator_id, kind, movement_id, story, result, spread, lesson, field, deed_period, hide_name, sent_at
) values (
  :nomination_id, :nominator_id, :kind, :movement_id, :story, :result, :spread, :lesson, :field, :deed_period,
  :hide_name, :at
) returning id;

-- name: change_endorsement(id, kind, movement_id, story, result, spread, lesson, field, deed_period, hide_name, sent_at, changed_at)!
update endorsements set kind = :kind, movement_id = :movement_id, story = :story, result = :result, spread = :spread,
  lesson = :lesson, field = :field, deed_period = :deed_period, hide_name = :hide_name, sent_at = :sent_at,
  changed_at = :changed_at, withdrawn_at = null
where id = :id;

-- name: withdraw(id, at)!
update endorsements set withdrawn_at = :at where id = :id;

-- name: add_revision(endorsement_id, act, before, at)!
insert into revisions (endorsement_id, act, before, at) values (:endorsement_id, :act, :before, :at);

-- name: list_revisions(endorsement_id)
select act, at from revisions where endorsement_id = :endorsement_id order by id;

-- name: last_revision(endorsement_id)^
select act, before from revisions where endorsement_id = :endorsement_id order by id desc limit 1;

-- name: add_evidence(endorsement_id, kind, file_id, file_unique_id, name, size)!
insert into evidence (endorsement_id, kind, file_id, file_unique_id, name, size)
values (:endorsement_id, :kind, :file_id, :file_unique_id, :name, :size)
on conflict (endorsement_id, file_unique_id) do nothing;

-- name: drop_evidence(endorsement_id)!
delete from evidence where endorsement_id = :endorsement_id;

-- name: list_evidence(ids)
select * from evidence where endorsement_id in each_int(:ids) order by id;

-- name: get_endorsement(id)^
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id, n.period, n.opened_at,
  u.name as unit_name, coalesce(m.name, '') as movement_name
from endorsements e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id
where e.id = :id;

-- name: find_endorsement(nominator_id, nominee_key, period)^
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id, n.period, n.opened_at,
  u.name as unit_name, coalesce(m.name, '') as movement_name
from endorsements e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id
where e.nominator_id = :nominator_id and n.nominee_key = :nominee_key and n.period = :period;

-- name: list_by_nominator(nominator_id, skip, most)
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id, n.period, n.opened_at,
  u.name as unit_name, coalesce(m.name, '') as movement_name
from endorsements e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id
where e.nominator_id = :nominator_id
order by e.sent_at desc, e.id desc limit :most offset :skip;

-- name: count_by_nominator(nominator_id)^
select count(*) as n from endorsements where nominator_id = :nominator_id;

-- name: list_standing(from_period, to_period, unit_id)
-- A reason of a merged nomination is read as one of the nomination it was merged into.
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id, n.period, n.opened_at,
  n.id as root_id, u.name as unit_name, u.code as unit_code,
  coalesce(m.name, '') as movement_name,
  p.full_name as nominator_name, p.code as nominator_code, q.erased_at as nominee_erased_at
from endorsements e join nominations own on own.id = e.nomination_id
join nominations n on n.id = coalesce(own.merged_into, own.id) join units u on u.id = n.unit_id
join people p on p.id = e.nominator_id
left join people q on q.id = n.nominee_id
left join movements m on m.id = e.movement_id
where e.withdrawn_at is null and n.period >= :from_period and n.period <= :to_period
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by e.id;

-- name: list_for_unit(unit_id, from_period, to_period)
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id, n.period, n.opened_at,
  n.id as root_id, u.name as unit_name, u.code as unit_code,
  coalesce(m.name, '') as movement_name,
  p.full_name as nominator_name, p.code as nominator_code, q.erased_at as nominee_erased_at
from nominations n join nominations own on own.id = n.id or own.merged_into = n.id
join endorsements e on e.nomination_id = own.id join units u on u.id = n.unit_id
join people p on p.id = e.nominator_id
left join people q on q.id = n.nominee_id
left join movements m on m.id = e.movement_id
where n.unit_id = :unit_id and n.period >= :from_period and n.period <= :to_period
  and n.merged_into is null and e.withdrawn_at is null
order by e.id;

-- name: open_nominations(unit_id, period, at)!
update nominations set opened_at = :at where unit_id = :unit_id and period = :period and opened_at is null;

-- name: count_for_unit(unit_id, period)^
select count(distinct n.id) as n
from nominations n join nominations own on own.id = n.id or own.merged_into = n.id
join endorsements e on e.nomination_id = own.id and e.withdrawn_at is null
where n.unit_id = :unit_id and n.period = :period and n.merged_into is null;

-- name: hold_unit(unit_id)^
select id from units where id = :unit_id for_update_waiting;

-- name: list_answered(unit_id)
select period from unit_answers where unit_id = :unit_id;

-- name: list_answers(period)
select unit_id, answer from unit_answers where period = :period;

-- name: add_answer(unit_id, period, answer, reason, person_id, at)^
insert into unit_answers (unit_id, period, answer, reason, person_id, at)
values (:unit_id, :period, :answer, :reason, :person_id, :at)
on conflict (unit_id, period) do nothing
returning unit_id;

-- name: erase_nominee(person_id)!
update nominations set nominee_name = '', nominee_post = '' where nominee_id = :person_id;

-- name: erase_stories_about(ids)!
update endorsements set story = '', result = '', spread = '', lesson = '', field = '', deed_period = ''
where nomination_id in each_int(:ids);

-- name: erase_stories_by(person_id, at)!
update endorsements set story = '', result = '', spread = '', lesson = '', field = '', deed_period = '',
  withdrawn_at = coalesce(withdrawn_at, :at)
where nominator_id = :person_id
  and (withdrawn_at is not null or nomination_id in (select id from nominations where opened_at is null));

-- name: erase_revisions(person_id, ids)!
update revisions set before = '{}' where endorsement_id in (
  select e.id from endorsements e where e.nominator_id = :person_id or e.nomination_id in each_int(:ids)
);

-- name: erase_evidence(person_id, ids)!
delete from evidence where endorsement_id in (
  select e.id from endorsements e where e.nominator_id = :person_id or e.nomination_id in each_int(:ids)
);

-- name: rename_nominee(id, nominee_name, nominee_key)!
update nominations set nominee_name = :nominee_name, nominee_key = :nominee_key where id = :id;
