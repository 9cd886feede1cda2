-- name: chosen(periods)
select k.unit_id, k.period, k.reason, m.id as nomination_id, m.nominee_name, m.nominee_post, m.nominee_kind,
  q.erased_at, coalesce(x.kind, m.first_kind) as kind, coalesce(v.name, '') as movement,
  coalesce(x.state, '') as state,
  case when x.consent = 'agreed' and x.consent_version = x.text_version then 1 else 0 end as agreed
from choices k join nominations n on n.id = k.nomination_id
join nominations m on m.id = coalesce(n.merged_into, n.id)
left join people q on q.id = m.nominee_id left join exemplars x on x.nomination_id = m.id
left join movements v on v.id = coalesce(x.movement_id, m.first_movement_id)
where k.period in each_text(:periods)
order by k.unit_id, m.id, k.at, k.period;

-- name: fostered(from_us, until_us)
select x.nomination_id, n.nominee_name, n.nominee_kind, n.unit_id, q.erased_at, x.state, f.aim, f.outcome,
  (select count(*) from foster_steps s where s.fostering_id = f.id and s.dropped_at is null) as steps,
  (select count(*) from foster_steps s where s.fostering_id = f.id and s.dropped_at is null
    and s.done_at is not null) as done
from fosterings f join exemplars x on x.id = f.exemplar_id join nominations n on n.id = x.nomination_id
left join people q on q.id = n.nominee_id
where f.made_at < :until_us and (f.ended_at is null or f.ended_at >= :from_us)
order by f.id;

-- name: copied(first, last)
-- Of the nominees of these months, as `figures.count_exemplars` counts them.
select x.nomination_id, n.nominee_name, n.nominee_kind, n.unit_id, q.erased_at, x.state,
  a.unit_id as adopting_id, a.body, a.plan, a.result
from adoptions a join exemplars x on x.id = a.exemplar_id join nominations n on n.id = x.nomination_id
left join people q on q.id = n.nominee_id
where x.period >= :first and x.period <= :last and a.state <> 'dropped'
order by a.id;

-- name: lessons(kind, periods)
select l.text, l.unit_id as learning_id, x.nomination_id, n.nominee_name, n.nominee_kind, n.unit_id, q.erased_at,
  coalesce(x.state, '') as state, coalesce(m.name, '') as movement, coalesce(v.title, '') as event
from lessons l left join exemplars x on x.id = l.exemplar_id
left join nominations n on n.id = x.nomination_id left join people q on q.id = n.nominee_id
left join movements m on m.id = l.movement_id left join events v on v.id = l.event_id
where l.kind = :kind and l.period in each_text(:periods) and l.withdrawn_at is null and l.text <> ''
order by l.at, l.id;
