-- name: list_found(unit_id, kind, movement_id, fields, any_field, year, words, most, skip)
-- A word is the beginning of one of the exemplar's, or its unit is called so; one that ends with a space is whole.
select e.id, count(*) over () as n
from exemplars e join nominations n on n.id = e.nomination_id left join people p on p.id = n.nominee_id
where e.state = 'honoured' and e.consent = 'agreed' and e.consent_version = e.text_version
  and p.erased_at is null and n.nominee_name <> ''
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
  and (cast(:kind as text) = '' or e.kind = :kind)
  and (cast(:movement_id as bigint) = 0 or e.movement_id = :movement_id)
  and (cast(:any_field as bigint) = 1 or e.field in each_text(:fields))
  and (cast(:year as text) = '' or substr(e.period, 1, 4) = :year)
  and not exists (
    select 1 from json_rows(:words, word text, unit_id bigint) as w
    where not (n.unit_id = w.unit_id or e.folded like '% ' || w.word || '%')
  )
order by e.honoured_at desc, e.id desc limit :most offset :skip;

-- name: list_facets()
-- Of what there is to filter by, how often each: unit, kind, movement, field, year.
select n.unit_id, u.name as unit_name, e.kind, e.movement_id, coalesce(m.name, '') as movement_name, e.field,
  substr(e.period, 1, 4) as year, count(*) as n
from exemplars e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id left join people p on p.id = n.nominee_id
where e.state = 'honoured' and e.consent = 'agreed' and e.consent_version = e.text_version
  and p.erased_at is null and n.nominee_name <> ''
group by n.unit_id, u.name, e.kind, e.movement_id, m.name, e.field, substr(e.period, 1, 4);

-- name: list_reasons(nomination_id)
select e.sent_at from endorsements e join nominations n on n.id = e.nomination_id
where e.withdrawn_at is null and (n.id = :nomination_id or n.merged_into = :nomination_id)
order by e.sent_at;

-- name: list_choices(nomination_id)
select c.period, c.at from choices c join nominations n on n.id = c.nomination_id
where n.id = :nomination_id or n.merged_into = :nomination_id
order by c.at, c.period;

-- name: list_office_choices(nomination_id)
select c.period, c.at, l.state from office_choices c join office_lists l on l.period = c.period
where c.nomination_id = :nomination_id order by c.at;

-- name: list_places(exemplar_id)
select h.place, h.at, h.removed_at from honours h where h.exemplar_id = :exemplar_id order by h.at, h.id;

-- name: count_congratulations(exemplar_id)^
select count(*) as n, max(at) as last_at from congratulations where exemplar_id = :exemplar_id;

-- name: has_congratulated(exemplar_id, person_id)^
select 1 as yes from congratulations where exemplar_id = :exemplar_id and person_id = :person_id;

-- name: list_speeches(exemplar_id, now)
select v.title, v.starts_at from event_speakers s join events v on v.id = s.event_id
where s.exemplar_id = :exemplar_id and v.state <> 'cancelled' and s.answer <> 'no' and v.starts_at <= :now
order by v.starts_at;
