-- name: count_people()
select unit_id, count(*) as n from people where left_at is null and erased_at is null group by unit_id;

-- name: count_nominators(from_period, to_period)
select p.unit_id, count(distinct p.id) as n
from people p join endorsements e on e.nominator_id = p.id join nominations n on n.id = e.nomination_id
where e.withdrawn_at is null and p.left_at is null and p.erased_at is null
  and n.period >= :from_period and n.period <= :to_period
group by p.unit_id;

-- name: count_sent(nominator_id, period)^
select count(*) as n from endorsements e join nominations n on n.id = e.nomination_id
where e.nominator_id = :nominator_id and n.period = :period and e.withdrawn_at is null;

-- name: count_about(person_id)^
select count(*) as n from endorsements e join nominations n on n.id = e.nomination_id
where n.nominee_id = :person_id and e.withdrawn_at is null;

-- name: count_tasks()
select state, count(*) as n from tasks group by state;

-- name: count_loose_ends()^
select
  (select count(*) from people where blocked_at is not null and left_at is null and erased_at is null) as blocked,
  (select count(*) from people where blocked_at is null and (telegram_id is null or consent_version = 0)
    and left_at is null and erased_at is null) as outside,
  (select count(*) from unread_updates) as unread_updates,
  (select count(*) from data_requests where settled_at is null and kind = 'correct') as data_requests;

-- name: list_unreachable()
select p.full_name, u.name as unit_name, case when p.blocked_at is null then 0 else 1 end as blocked
from people p join units u on u.id = p.unit_id
where p.left_at is null and p.erased_at is null
  and (p.blocked_at is not null or p.telegram_id is null or p.consent_version = 0)
order by u.id, p.full_name, p.id;
