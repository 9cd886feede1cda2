-- name: count_people(gone_after)
-- Who is here, or was until some time after the instant.
select unit_id, count(*) as n from people
where erased_at is null and (left_at is null or left_at >= :gone_after) group by unit_id;

-- name: count_nominators(from_period, to_period, gone_after)
-- Two halves: whatever stands for itself is found by its month, merged ones by being few. The limit, which is none,
-- lets PostgreSQL find these before it looks for their reasons.
select p.unit_id, count(*) as n from people p
where p.erased_at is null and (p.left_at is null or p.left_at >= :gone_after) and p.id in (
  select e.nominator_id from nominations n join endorsements e on e.nomination_id = n.id
  where n.period >= :from_period and n.period <= :to_period and n.merged_into is null and e.withdrawn_at is null
  union all
  select e.nominator_id from (
    select own.id from nominations own join nominations n on n.id = own.merged_into
    where own.merged_into is not null and n.period >= :from_period and n.period <= :to_period limit 1000000000
  ) as part join endorsements e on e.nomination_id = part.id where e.withdrawn_at is null
) group by p.unit_id;

-- name: tally_kinds(from_period, to_period)
select unit_id, key as kind, cast(sum(nominees) as bigint) as nominees, cast(sum(reasons) as bigint) as reasons
from tallies where sort = 'kind' and period >= :from_period and period <= :to_period group by unit_id, key;

-- name: tally_movements(from_period, to_period)
select t.unit_id, cast(t.key as bigint) as movement_id, cast(sum(t.nominees) as bigint) as nominees
from tallies t where t.sort = 'movement' and t.period >= :from_period and t.period <= :to_period
group by t.unit_id, t.key;

-- name: tally_months(from_period, to_period)
select period, unit_id, cast(sum(nominees) as bigint) as nominees
from tallies where sort = 'kind' and period >= :from_period and period <= :to_period group by period, unit_id;

-- name: count_chosen(periods)
select k.unit_id, count(distinct coalesce(n.merged_into, n.id)) as n
from choices k join nominations n on n.id = k.nomination_id
where k.period in each_text(:periods) group by k.unit_id;

-- name: count_ever_chosen()
select k.unit_id, count(distinct coalesce(n.merged_into, n.id)) as n
from choices k join nominations n on n.id = k.nomination_id group by k.unit_id;

-- name: count_exemplars(from_period, to_period)
select n.unit_id, cast(sum(case when x.state = 'honoured' then 1 else 0 end) as bigint) as honoured,
  cast(sum(case when c.copies > 0 then 1 else 0 end) as bigint) as copied,
  cast(sum(c.copies) as bigint) as copies
from (
  select x.id, (select count(*) from adoptions a where a.exemplar_id = x.id and a.state <> 'dropped') as copies
  from exemplars x where x.period >= :from_period and x.period <= :to_period
) as c join exemplars x on x.id = c.id join nominations n on n.id = x.nomination_id
group by n.unit_id;

-- name: count_public(from_period, to_period)
-- What everybody may see of the months: by month, unit and kind.
select x.period, n.unit_id, x.kind, count(*) as n
from exemplars x join nominations n on n.id = x.nomination_id left join people p on p.id = n.nominee_id
where x.period >= :from_period and x.period <= :to_period and x.state = 'honoured' and x.consent = 'agreed'
  and x.consent_version = x.text_version and p.erased_at is null and n.nominee_name <> ''
group by x.period, n.unit_id, x.kind;

-- name: find_first_month()^
select min(period) as period from tallies where sort = 'kind';

-- name: count_sent(nominator_id, from_period, to_period)^
select count(*) as n from endorsements e join nominations n on n.id = e.nomination_id
where e.nominator_id = :nominator_id and n.period >= :from_period and n.period <= :to_period
  and e.withdrawn_at is null;

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
