-- The tables of an export. A column is called as it is in bot/documents; besides them a row says whose it is:
-- `nomination_id` (of some nothing is told), `nominee_erased_at`, `hidden`, `hide_name`.
-- `counted`: there is also a query with `_n` behind its name, which answers how many rows there are.

-- name: nominees_n(first, last, unit_id)$
select count(*) from nominations n
where n.standing > 0 and n.merged_into is null and n.period >= :first and n.period <= :last
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id);

-- name: nominees(first, last, unit_id)
-- `kinds` are those of the reasons in the order in which they came, and behind # their movements.
select n.id as nomination_id, n.period, u.code as unit_code, u.name as unit, n.nominee_name as nominee,
  n.nominee_kind, n.nominee_post as post, n.standing as reasons, q.erased_at as nominee_erased_at,
  case when n.standing = 1 then n.first_kind || '#' || coalesce(
    (select m.name from movements m where m.id = n.first_movement_id), ''
  ) else (
    select string_agg(told.kind, ',') || '#' || coalesce(string_agg(told.movement, '|'), '') from (
      select e.kind, m.name as movement from nominations own join endorsements e on e.nomination_id = own.id
      left join movements m on m.id = e.movement_id
      where (own.id = n.id or own.merged_into = n.id) and e.withdrawn_at is null order by e.sent_at, e.id
    ) as told
  ) end as kinds,
  case when x.state in ('honoured', 'removed') then x.state
    when exists (select 1 from choices k where k.nomination_id = n.id) then 'chosen'
    when a.unit_id is not null then 'not_chosen'
    when n.opened_at is not null then 'opened' else 'waiting' end as state,
  f.name as moved_from
from nominations n join units u on u.id = n.unit_id left join people q on q.id = n.nominee_id
left join units f on f.id = n.moved_from left join exemplars x on x.nomination_id = n.id
left join unit_answers a on a.unit_id = n.unit_id and a.period = n.period
where n.standing > 0 and n.merged_into is null and n.period >= :first and n.period <= :last
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by n.id;

-- name: nominations_n(first, last, unit_id)$
select cast(coalesce(sum(n.standing), 0) as bigint) from nominations n
where n.merged_into is null and n.period >= :first and n.period <= :last
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id);

-- name: nominations(first, last, unit_id)
-- A reason of a merged nomination is read as one of the nomination it was merged into.
select e.id as code, n.period, u.code as unit_code, u.name as unit, n.id as nomination_id, n.nominee_name as nominee,
  n.nominee_post as post, q.erased_at as nominee_erased_at, e.kind, m.name as movement, e.story, e.result, e.spread,
  e.lesson, e.field, e.deed_period, (select count(*) from evidence v where v.endorsement_id = e.id) as evidence,
  p.full_name as nominator, e.hide_name, e.sent_at, e.changed_at,
  case when own.merged_into is not null then own.id end as merged_from
from endorsements e join nominations own on own.id = e.nomination_id
join nominations n on n.id = coalesce(own.merged_into, own.id) join units u on u.id = n.unit_id
join people p on p.id = e.nominator_id left join people q on q.id = n.nominee_id
left join movements m on m.id = e.movement_id
where e.withdrawn_at is null and n.period >= :first and n.period <= :last
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by e.id;

-- counted
-- name: answers(periods, every, unit_id)
select u.code as unit_code, u.name as unit, a.period, a.answer, a.reason, p.full_name as answered_by,
  f.full_name as for_head, a.state, a.question, a.at, c.full_name as checked_by, a.checked_at,
  (select count(*) from choices k where k.unit_id = a.unit_id and k.period = a.period) as choices,
  (select count(*) from answer_revisions r where r.unit_id = a.unit_id and r.period = a.period) as revisions
from unit_answers a join units u on u.id = a.unit_id join people p on p.id = a.person_id
left join people f on f.id = a.for_id left join people c on c.id = a.checked_by
where (cast(:every as bigint) = 1 or a.period in each_text(:periods))
  and (cast(:unit_id as bigint) = 0 or a.unit_id = :unit_id)
order by a.period, a.unit_id;

-- counted
-- name: choices(periods, every, unit_id)
select k.nomination_id, u.code as unit_code, u.name as unit, k.period, n.nominee_name as nominee,
  n.nominee_post as post, n.nominee_kind, q.erased_at as nominee_erased_at, k.reason, k.criteria,
  p.full_name as chosen_by, k.at, x.id as exemplar,
  coalesce(x.kind, (
    select e.kind from endorsements e where e.nomination_id = n.id and e.withdrawn_at is null
    order by e.sent_at, e.id limit 1)) as kind
from choices k join units u on u.id = k.unit_id join nominations n on n.id = k.nomination_id
join people p on p.id = k.person_id left join people q on q.id = n.nominee_id
left join exemplars x on x.nomination_id = n.id
where (cast(:every as bigint) = 1 or k.period in each_text(:periods))
  and (cast(:unit_id as bigint) = 0 or k.unit_id = :unit_id)
order by k.period, k.unit_id, k.nomination_id;

-- counted
-- name: office_lists(periods, every, unit_id)
select k.nomination_id, k.period, l.state, u.code as unit_code, u.name as unit, n.nominee_name as nominee,
  n.nominee_post as post, n.nominee_kind, q.erased_at as nominee_erased_at, k.form, k.note,
  p.full_name as entered_by, k.at
from office_choices k join office_lists l on l.period = k.period
join nominations n on n.id = k.nomination_id join units u on u.id = n.unit_id
join people p on p.id = k.person_id left join people q on q.id = n.nominee_id
where (cast(:every as bigint) = 1 or k.period in each_text(:periods))
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by k.period, k.nomination_id;

-- counted
-- name: exemplars(first, last, unit_id)
select x.nomination_id, x.id as code, x.period, u.code as unit_code, u.name as unit, n.nominee_name as nominee,
  n.nominee_post as post, n.nominee_kind, q.erased_at as nominee_erased_at, x.kind, m.name as movement, x.field,
  x.text, x.consent, x.consent_at, r.full_name as representative, x.state, x.made_at, x.honoured_at,
  (select string_agg(told.place, ',') from (
    select h.place from honours h where h.exemplar_id = x.id and h.removed_at is null order by h.place) as told
  ) as places,
  (select count(*) from congratulations g where g.exemplar_id = x.id) as congratulations,
  (select count(*) from adoptions a where a.exemplar_id = x.id and a.state <> 'dropped') as adoptions
from exemplars x join nominations n on n.id = x.nomination_id join units u on u.id = n.unit_id
left join people q on q.id = n.nominee_id left join movements m on m.id = x.movement_id
left join people r on r.id = x.representative_id
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by x.id;

-- counted
-- name: consents(first, last, unit_id)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, c.text_version, c.answer, c.at, r.full_name as person, c.note,
  case when c.paper_id is not null or c.entered_by is not null then 'paper' else 'chat' end as way,
  w.dated_on, b.full_name as entered_by
from publication_consents c join exemplars x on x.id = c.exemplar_id
join nominations n on n.id = x.nomination_id left join people q on q.id = n.nominee_id
left join people r on r.id = c.person_id left join papers w on w.id = c.paper_id
left join people b on b.id = c.entered_by
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by c.id;

-- counted
-- name: honours(first, last, unit_id)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, h.place, t.title as chat, h.text_version, p.full_name as honoured_by, h.at,
  h.removed_at
from honours h join exemplars x on x.id = h.exemplar_id join nominations n on n.id = x.nomination_id
join people p on p.id = h.person_id left join people q on q.id = n.nominee_id
left join chats t on t.chat_id = h.chat_id
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by h.id;

-- counted
-- name: fosterings(first, last, unit_id)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, p.full_name as mentor, f.aim, f.state, f.outcome, f.made_at, f.ended_at,
  s.text as step, s.due_on, s.done_at, s.result, s.dropped_at
from fosterings f join exemplars x on x.id = f.exemplar_id join nominations n on n.id = x.nomination_id
join people p on p.id = f.mentor_id left join people q on q.id = n.nominee_id
left join foster_steps s on s.fostering_id = f.id
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by f.id, s.due_on, s.id;

-- counted
-- name: adoptions(first, last, unit_id)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, u.code as unit_code, u.name as unit, a.body, a.plan, a.state, a.result,
  p.full_name as person, a.pledged_at, a.ended_at
from adoptions a join exemplars x on x.id = a.exemplar_id join nominations n on n.id = x.nomination_id
join people p on p.id = a.person_id left join people q on q.id = n.nominee_id
left join units u on u.id = a.unit_id
where x.period >= :first and x.period <= :last
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id or a.unit_id = :unit_id)
order by a.id;

-- counted
-- name: lessons(from_us, until_us, periods, every, unit_id)
select x.nomination_id, l.kind, l.period, l.text, u.code as unit_code, u.name as unit, x.id as exemplar,
  n.nominee_name as nominee, n.nominee_kind, q.erased_at as nominee_erased_at, m.name as movement,
  v.title as event, p.full_name as person, l.at, l.withdrawn_at
from lessons l join people p on p.id = l.person_id left join units u on u.id = l.unit_id
left join exemplars x on x.id = l.exemplar_id left join nominations n on n.id = x.nomination_id
left join people q on q.id = n.nominee_id left join movements m on m.id = l.movement_id
left join events v on v.id = l.event_id
where (cast(:every as bigint) = 1 or l.period in each_text(:periods)
    or (l.at >= :from_us and l.at < :until_us))
  and (cast(:unit_id as bigint) = 0 or l.unit_id = :unit_id)
order by l.id;

-- counted
-- name: events(from_us, until_us, unit_id)
select v.id as event, v.kind, v.title, u.code as unit_code, u.name as unit, v.place, v.starts_at, v.ends_at,
  v.note, v.state, v.attended, v.outcome, v.reason, p.full_name as made_by,
  (select count(*) from event_replies r where r.event_id = v.id and r.answer = 'yes') as yes_n,
  (select count(*) from event_replies r where r.event_id = v.id and r.answer = 'no') as no_n
from events v join people p on p.id = v.made_by left join units u on u.id = v.host_id
where v.starts_at >= :from_us and v.starts_at < :until_us
  and (cast(:unit_id as bigint) = 0 or v.host_id = :unit_id)
order by v.starts_at, v.id;

-- counted
-- name: event_speakers(from_us, until_us, unit_id)
select x.nomination_id, v.id as event, v.title, v.starts_at, x.id as exemplar, n.nominee_name as nominee,
  n.nominee_kind, q.erased_at as nominee_erased_at, k.answer
from event_speakers k join events v on v.id = k.event_id join exemplars x on x.id = k.exemplar_id
join nominations n on n.id = x.nomination_id left join people q on q.id = n.nominee_id
where v.starts_at >= :from_us and v.starts_at < :until_us
  and (cast(:unit_id as bigint) = 0 or v.host_id = :unit_id)
order by v.starts_at, v.id, x.id;

-- counted
-- name: movements()
select m.name, m.kind, m.level, m.from_on, m.to_on, m.ended_on, r.review_on, r.done_at, r.note
from movements m left join movement_reviews r on r.movement_id = m.id
order by m.id, r.review_on, r.id;

-- counted
-- name: suggestions(from_us, until_us, unit_id)
select s.id as code, u.code as unit_code, u.name as unit, p.full_name as person, s.text, s.state, s.answer,
  a.full_name as answered_by, s.at, s.answered_at
from suggestions s join people p on p.id = s.person_id join units u on u.id = p.unit_id
left join people a on a.id = s.answered_by
where s.at >= :from_us and s.at < :until_us and (cast(:unit_id as bigint) = 0 or p.unit_id = :unit_id)
order by s.id;

-- counted
-- name: articles(periods, every, unit_id)
-- Where one of its exemplars is not told of, its address is not either.
select a.id as code, a.period, a.state, a.url, a.published_on, p.full_name as made_by, a.made_at,
  b.full_name as approved_by, a.approved_at, a.changed_at,
  (select string_agg(cast(t.exemplar_id as text), ',') from (
    select s.exemplar_id from article_exemplars s where s.article_id = a.id order by s.place) as t) as exemplars,
  (select count(*) from article_exemplars t join exemplars x on x.id = t.exemplar_id
    join nominations n on n.id = x.nomination_id left join people q on q.id = n.nominee_id
    where t.article_id = a.id and (x.consent = 'declined' or q.erased_at is not null)) as hidden
from articles a join people p on p.id = a.made_by left join people b on b.id = a.approved_by
where (cast(:every as bigint) = 1 or a.period in each_text(:periods))
  and (cast(:unit_id as bigint) = 0 or exists (
    select 1 from article_exemplars t join exemplars x on x.id = t.exemplar_id
    join nominations n on n.id = x.nomination_id where t.article_id = a.id and n.unit_id = :unit_id))
order by a.id;

-- counted
-- name: papers(from_us, until_us, unit_id)
select w.id as code, w.subject, w.subject_id, w.period, w.dated_on, p.full_name as person, u.code as unit_code,
  u.name as unit, w.file_kind, b.full_name as entered_by, w.at
from papers w left join people p on p.id = w.person_id left join units u on u.id = p.unit_id
join people b on b.id = w.entered_by
where w.at >= :from_us and w.at < :until_us and (cast(:unit_id as bigint) = 0 or p.unit_id = :unit_id)
order by w.id;

-- counted
-- name: deliveries(from_us, until_us, unit_id)
-- Never what was said. Not named is who has shut the bot out, and who has declined to be published: that they were asked
-- would tell of it.
select n.id as code, n.kind || '|' || n.occurrence as kind,
  case when p.erased_at is null and p.blocked_at is not null then '?' else p.full_name end as person,
  u.code as unit_code, u.name as unit, t.title as chat, n.due_at, n.state,
  case when n.state = 'sent' then n.changed_at end as sent_at, n.changed_at, n.attempts,
  case when p.id in (
    select w.nominee_id from exemplars x join nominations w on w.id = x.nomination_id
    where x.consent = 'declined' and w.nominee_id is not null
    union select x.representative_id from exemplars x where x.consent = 'declined' and x.representative_id is not null
  ) then 1 else 0 end as hidden
from notices n join people p on p.id = n.person_id join units u on u.id = p.unit_id
left join chats t on t.chat_id = n.chat_id
where n.due_at >= :from_us and n.due_at < :until_us and (cast(:unit_id as bigint) = 0 or p.unit_id = :unit_id)
order by n.id;

-- counted
-- name: audit(from_us, until_us, unit_id)
-- Who has declined to be published is not named: that they answered would tell of it. What only people do and
-- nobody in chat has done was done on the command line.
select a.id as code, a.at,
  case when a.actor_id is not null then p.full_name
    when a.act in ('backup', 'document', 'export', 'import', 'invite', 'restore') then '>' else '?' end as person,
  a.act, a.subject, a.subject_id, a.detail,
  case when p.id in (
    select n.nominee_id from exemplars x join nominations n on n.id = x.nomination_id
    where x.consent = 'declined' and n.nominee_id is not null
    union select x.representative_id from exemplars x where x.consent = 'declined' and x.representative_id is not null
  ) then 1 else 0 end as hidden
from audit a left join people p on p.id = a.actor_id
where a.at >= :from_us and a.at < :until_us and (cast(:unit_id as bigint) = 0 or p.unit_id = :unit_id)
order by a.id;
