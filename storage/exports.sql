-- name: count_reasons(from_period, to_period, unit_id)^
select count(*) as n from endorsements e join nominations own on own.id = e.nomination_id
join nominations n on n.id = coalesce(own.merged_into, own.id)
where e.withdrawn_at is null and n.period >= :from_period and n.period <= :to_period
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id);

-- name: list_nominees(from_period, to_period, unit_id, after, most)
select n.*, u.name as unit_name, u.code as unit_code, q.erased_at as nominee_erased_at,
  (select string_agg(e.sent_at || ',' || e.id || ',' || e.kind || ',' || coalesce(e.movement_id, 0), ';')
    from nominations own join endorsements e on e.nomination_id = own.id
    where (own.id = n.id or own.merged_into = n.id) and e.withdrawn_at is null) as reasons
from nominations n join units u on u.id = n.unit_id left join people q on q.id = n.nominee_id
where n.period >= :from_period and n.period <= :to_period
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
  and n.id > :after and n.merged_into is null
  and exists (select 1 from nominations own join endorsements e on e.nomination_id = own.id
    where (own.id = n.id or own.merged_into = n.id) and e.withdrawn_at is null)
order by n.id limit :most;
