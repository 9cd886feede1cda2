-- name: count_waiting(now, today, pledged_until)^
select
  (select count(*) from unit_answers where state = 'given') as given,
  (select count(*) from unit_answers where state = 'returned') as returned,
  (select count(*) from exemplars e join nominations n on n.id = e.nomination_id
    where e.state <> 'removed' and n.nominee_name <> ''
    and (e.consent = 'none' or (e.consent = 'agreed' and e.consent_version <> e.text_version))) as unasked,
  (select count(*) from exemplars e join nominations n on n.id = e.nomination_id
    where e.state <> 'removed' and n.nominee_name <> '' and e.consent = 'asked') as asked,
  (select count(*) from exemplars e join nominations n on n.id = e.nomination_id
    where e.state <> 'removed' and n.nominee_name <> '' and e.consent = 'change') as change,
  (select count(*) from exemplars e join nominations n on n.id = e.nomination_id
    where e.state = 'open' and n.nominee_name <> ''
    and e.consent = 'agreed' and e.consent_version = e.text_version) as ready,
  (select count(*) from posts where state = 'waiting') as posts,
  (select count(*) from office_lists) as lists,
  (select count(*) from movement_reviews where done_at is null and review_on <= :today) as reviews,
  (select count(*) from data_requests where settled_at is null and kind = 'correct') as requests,
  (select count(*) from name_mentions where settled_at is null) as mentions,
  (select count(*) from suggestions where state = 'open') as suggestions,
  (select count(*) from adoptions a join exemplars e on e.id = a.exemplar_id join nominations n on n.id = e.nomination_id
    where a.state = 'pledged' and a.pledged_at <= :pledged_until and e.state = 'honoured' and e.consent = 'agreed'
    and e.consent_version = e.text_version and n.nominee_name <> '') as adoptions,
  (select count(*) from foster_steps s join fosterings f on f.id = s.fostering_id
    where f.state = 'open' and s.done_at is null and s.dropped_at is null and s.due_on < :today) as steps,
  (select count(*) from events where state = 'planned' and starts_at > :now) as events,
  (select count(*) from events where state = 'planned' and starts_at <= :now) as outcomes,
  (select count(distinct a.id) from articles a join article_exemplars t on t.article_id = a.id
    join exemplars e on e.id = t.exemplar_id join nominations n on n.id = e.nomination_id
    left join people p on p.id = n.nominee_id
    where a.state = 'published' and (e.consent <> 'agreed' or e.consent_version <> e.text_version
      or e.text_version <> t.text_version or e.state = 'removed' or p.erased_at is not null
      or n.nominee_name = '')) as to_take_off,
  (select count(*) from articles where state = 'approved') as approved,
  (select count(*) from people where left_at is null and erased_at is null
    and (blocked_at is not null or telegram_id is null or consent_version = 0)) as unreachable;

-- name: list_unasked()
select e.id from exemplars e join nominations n on n.id = e.nomination_id
where e.state <> 'removed' and n.nominee_name <> ''
  and (e.consent = 'none' or (e.consent = 'agreed' and e.consent_version <> e.text_version))
order by e.id;

-- name: list_of_consent(consent)
select e.id from exemplars e join nominations n on n.id = e.nomination_id
where e.state <> 'removed' and n.nominee_name <> '' and e.consent = :consent order by e.id;

-- name: list_ready()
select e.id from exemplars e join nominations n on n.id = e.nomination_id
where e.state = 'open' and n.nominee_name <> ''
  and e.consent = 'agreed' and e.consent_version = e.text_version
order by e.id;

-- name: list_requests()
select d.id from data_requests d where d.settled_at is null and d.kind = 'correct' order by d.at, d.id;

-- name: list_due_adoptions(pledged_until)
select a.id, a.exemplar_id, coalesce(u.name, a.body) as who, n.nominee_name
from adoptions a join exemplars e on e.id = a.exemplar_id join nominations n on n.id = e.nomination_id
left join units u on u.id = a.unit_id
where a.state = 'pledged' and a.pledged_at <= :pledged_until and e.state = 'honoured' and e.consent = 'agreed'
  and e.consent_version = e.text_version and n.nominee_name <> ''
order by a.pledged_at, a.id;

-- name: list_overdue_steps(today)
select s.id, f.id as fostering_id, f.exemplar_id, s.text, s.due_on, n.nominee_name
from foster_steps s join fosterings f on f.id = s.fostering_id
join exemplars e on e.id = f.exemplar_id join nominations n on n.id = e.nomination_id
where f.state = 'open' and s.done_at is null and s.dropped_at is null and s.due_on < :today
order by s.due_on, s.id;

-- name: list_chosen_nominees(ids)
select n.*, u.name as unit_name from nominations n join units u on u.id = n.unit_id where n.id in each_int(:ids);

-- name: list_together(nomination_id)
select id, unit_id, period from nominations where id = :nomination_id or merged_into = :nomination_id order by id;

-- name: first_reason(nomination_id)^
-- One that was taken back after the choice still says of which kind the deed is.
select e.kind, e.movement_id, e.field
from endorsements e join nominations n on n.id = e.nomination_id
where n.id = :nomination_id or n.merged_into = :nomination_id
order by case when e.withdrawn_at is null then 0 else 1 end, case when n.merged_into is null then 0 else 1 end,
  e.sent_at, e.id
limit 1;

-- name: list_unreachable()
select p.id, p.unit_id, u.name as unit_name, p.full_name, p.post, p.phone,
  case when p.blocked_at is null then 0 else 1 end as blocked
from people p join units u on u.id = p.unit_id
where p.left_at is null and p.erased_at is null
  and (p.blocked_at is not null or p.telegram_id is null or p.consent_version = 0)
order by p.unit_id, p.folded_name, p.id;

-- name: list_suggestions()
select id, text, at from suggestions where state = 'open' order by at, id;

-- name: list_outcomes(now)
select id, title, starts_at from events where state = 'planned' and starts_at <= :now order by starts_at, id;

-- name: list_reviews(today)
select r.movement_id, r.review_on, m.name from movement_reviews r join movements m on m.id = r.movement_id
where r.done_at is null and r.review_on <= :today order by r.review_on, r.movement_id;
