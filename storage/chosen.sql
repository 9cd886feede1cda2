-- name: list_chosen(periods, units, every, nomination_id, most, skip)
-- Whom units chose for any of the periods, each once a unit; a merged one is read with what it was merged into.
select k.unit_id, r.id as nomination_id, r.nominee_kind, r.nominee_id, r.nominee_name, r.nominee_post,
  r.first_kind as kind, r.period, 0 as standing, q.erased_at, x.id as exemplar_id, count(*) over () as n
from (
  select distinct c.unit_id, coalesce(n.merged_into, n.id) as root_id
  from choices c join nominations n on n.id = c.nomination_id
  where c.period in each_text(:periods)
    and (cast(:every as bigint) = 1 or c.unit_id in each_int(:units))
) as k join nominations r on r.id = k.root_id
left join people q on q.id = r.nominee_id left join exemplars x on x.nomination_id = r.id
where cast(:nomination_id as bigint) = 0 or r.id = :nomination_id
order by k.unit_id, r.id limit :most offset :skip;

-- name: list_public(from_period, to_period, units, every, nomination_id, most, skip)
-- Which exemplars of the months everybody may see.
select n.unit_id, n.id as nomination_id, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post, x.kind, n.period, 0 as standing,
  p.erased_at, x.id as exemplar_id, count(*) over () as n
from exemplars x join nominations n on n.id = x.nomination_id left join people p on p.id = n.nominee_id
where x.period >= :from_period and x.period <= :to_period and x.state = 'honoured' and x.consent = 'agreed'
  and x.consent_version = x.text_version and p.erased_at is null and n.nominee_name <> ''
  and (cast(:every as bigint) = 1 or n.unit_id in each_int(:units))
  and (cast(:nomination_id as bigint) = 0 or n.id = :nomination_id)
order by n.unit_id, n.id limit :most offset :skip;

-- name: list_nominees(unit_id, from_period, to_period, most, skip)
-- Who stands nominated in the unit's months, the most reasons first.
select n.unit_id, n.id as nomination_id, n.nominee_kind, n.nominee_id, n.nominee_name, n.nominee_post,
  n.first_kind as kind, n.period, n.standing, p.erased_at, 0 as exemplar_id, count(*) over () as n
from nominations n left join people p on p.id = n.nominee_id
where n.unit_id = :unit_id and n.period >= :from_period and n.period <= :to_period
  and n.merged_into is null and n.standing > 0
order by n.standing desc, n.id limit :most offset :skip;
