-- name: get(id)^
select n.*, u.name as unit_name, f.name as moved_from_name
from nominations n join units u on u.id = n.unit_id left join units f on f.id = n.moved_from
where n.id = :id;

-- name: list_merged(into_ids)
select n.*, u.name as unit_name, '' as moved_from_name
from nominations n join units u on u.id = n.unit_id
where n.merged_into in each_int(:into_ids) order by n.id;

-- name: find(nominee_key, period)^
select n.*, u.name as unit_name, '' as moved_from_name from nominations n join units u on u.id = n.unit_id
where n.nominee_key = :nominee_key and n.period = :period;

-- name: merge(id, into_id)!
update nominations set merged_into = :into_id where id = :id;

-- name: move(id, unit_id, nominee_key, period, moved_from)!
update nominations set unit_id = :unit_id, nominee_key = :nominee_key, period = :period, moved_from = :moved_from
where id = :id;

-- name: list_fates(ids)
select own.id, own.merged_into, own.moved_from, n.opened_at, n.period, a.answer, a.state,
  case when c.nomination_id is null then 0 else 1 end as chosen, x.id as exemplar_id
from nominations own join nominations n on n.id = coalesce(own.merged_into, own.id)
left join unit_answers a on a.unit_id = n.unit_id and a.period = n.period
left join choices c on c.unit_id = n.unit_id and c.period = n.period and c.nomination_id = n.id
left join exemplars x on x.nomination_id = n.id
where own.id in each_int(:ids);
