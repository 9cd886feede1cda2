-- name: add(nomination_id, kind, movement_id, field, period, text, representative_id, at)^
insert into exemplars (nomination_id, kind, movement_id, field, period, text, representative_id, made_at)
values (:nomination_id, :kind, :movement_id, :field, :period, :text, :representative_id, :at)
on conflict (nomination_id) do update set nomination_id = excluded.nomination_id
returning id;

-- name: get(id)^
-- The unit has the name that it had in the month of the nomination.
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id,
  coalesce((select o.name from unit_names o where o.unit_id = u.id and o.until_on > n.period || '-31'
    order by o.until_on limit 1), u.name) as unit_name,
  coalesce(m.name, '') as movement_name, p.erased_at
from exemplars e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id left join people p on p.id = n.nominee_id
where e.id = :id;

-- name: find_by_nomination(nomination_id)^
select id from exemplars where nomination_id = :nomination_id;

-- name: list_by_ids(ids)
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id,
  coalesce((select o.name from unit_names o where o.unit_id = u.id and o.until_on > n.period || '-31'
    order by o.until_on limit 1), u.name) as unit_name,
  coalesce(m.name, '') as movement_name, p.erased_at
from exemplars e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id left join people p on p.id = n.nominee_id
where e.id in each_int(:ids) order by e.id;

-- name: list_standing()
select e.*, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, n.unit_id,
  coalesce((select o.name from unit_names o where o.unit_id = u.id and o.until_on > n.period || '-31'
    order by o.until_on limit 1), u.name) as unit_name,
  coalesce(m.name, '') as movement_name, p.erased_at
from exemplars e join nominations n on n.id = e.nomination_id join units u on u.id = n.unit_id
left join movements m on m.id = e.movement_id left join people p on p.id = n.nominee_id
where e.state <> 'removed' and n.nominee_name <> '' order by e.id;

-- name: save(id, version, text, text_version, photo, card, card_version, representative_id, consent, consent_version, consent_at, state, honoured_at, folded)^
update exemplars set text = :text, text_version = :text_version, photo = :photo, card = :card,
  card_version = :card_version, representative_id = :representative_id, consent = :consent,
  consent_version = :consent_version, consent_at = :consent_at, state = :state, honoured_at = :honoured_at,
  folded = :folded, version = version + 1
where id = :id and version = :version
returning version;

-- name: note_consent(exemplar_id, text_version, answer, note, photo, person_id, entered_by, paper_id, at)!
insert into publication_consents (
  exemplar_id, text_version, answer, note, photo, person_id, entered_by, paper_id, at
) values (:exemplar_id, :text_version, :answer, :note, :photo, :person_id, :entered_by, :paper_id, :at);

-- name: list_consents(exemplar_id)
select * from publication_consents where exemplar_id = :exemplar_id order by id;

-- name: list_nominators(nomination_id)
select distinct e.nominator_id
from endorsements e join nominations n on n.id = e.nomination_id
join nominations m on m.id = coalesce(n.merged_into, n.id)
where m.id = :nomination_id and e.withdrawn_at is null and (m.nominee_id is null or m.nominee_id <> e.nominator_id)
order by e.nominator_id;

-- name: list_answered_nominators(unit_id, periods)
-- Who gave a reason that stands in the unit's months, by the nomination it is read with; not the nominee.
select distinct m.id as nomination_id, e.nominator_id
from endorsements e join nominations n on n.id = e.nomination_id
join nominations m on m.id = coalesce(n.merged_into, n.id)
where m.unit_id = :unit_id and m.period in each_text(:periods) and m.nominee_name <> ''
  and e.withdrawn_at is null and (m.nominee_id is null or m.nominee_id <> e.nominator_id)
order by nomination_id, e.nominator_id;

-- name: list_photos(nomination_id)
select v.file_id from evidence v join endorsements e on e.id = v.endorsement_id
join nominations n on n.id = e.nomination_id
where coalesce(n.merged_into, n.id) = :nomination_id and e.withdrawn_at is null and v.kind = 'photo'
order by v.id;

-- name: list_about(person_id)
select id from exemplars where representative_id = :person_id order by id;
