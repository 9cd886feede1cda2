-- name: list_withheld()
-- Nominations of which nothing is told: consent was declined or withdrawn; with those merged into them.
with recursive withheld (id) as (
  select x.nomination_id from exemplars x where x.consent = 'declined'
  union
  select n.id from nominations n join withheld w on n.merged_into = w.id
)
select id from withheld order by id;

-- name: answers(periods, every, unit_id, most, skip)
select u.code as unit_code, u.name as unit, a.period, a.answer, a.reason, p.full_name as answered_by,
  f.full_name as for_head, a.state, a.question, a.at, c.full_name as checked_by, a.checked_at,
  (select count(*) from choices k where k.unit_id = a.unit_id and k.period = a.period) as choices,
  (select count(*) from answer_revisions r where r.unit_id = a.unit_id and r.period = a.period) as revisions
from unit_answers a join units u on u.id = a.unit_id join people p on p.id = a.person_id
left join people f on f.id = a.for_id left join people c on c.id = a.checked_by
where (cast(:every as bigint) = 1 or a.period in each_text(:periods))
  and (cast(:unit_id as bigint) = 0 or a.unit_id = :unit_id)
order by a.period, a.unit_id limit :most offset :skip;

-- name: choices(periods, every, unit_id, most, skip)
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
order by k.period, k.unit_id, k.nomination_id limit :most offset :skip;

-- name: office_lists(periods, every, unit_id, most, skip)
select k.nomination_id, k.period, l.state, u.code as unit_code, u.name as unit, n.nominee_name as nominee,
  n.nominee_post as post, n.nominee_kind, q.erased_at as nominee_erased_at, k.form, k.note,
  p.full_name as entered_by, k.at
from office_choices k join office_lists l on l.period = k.period
join nominations n on n.id = k.nomination_id join units u on u.id = n.unit_id
join people p on p.id = k.person_id left join people q on q.id = n.nominee_id
where (cast(:every as bigint) = 1 or k.period in each_text(:periods))
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by k.period, k.nomination_id limit :most offset :skip;

-- name: exemplars(first, last, unit_id, most, skip)
select x.nomination_id, x.id as code, x.period, u.code as unit_code, u.name as unit, n.nominee_name as nominee,
  n.nominee_post as post, n.nominee_kind, q.erased_at as nominee_erased_at, x.kind, m.name as movement, x.field,
  x.text, x.consent, x.consent_at, r.full_name as representative, x.state, x.made_at, x.honoured_at,
  (select string_agg(h.place, ';') from honours h where h.exemplar_id = x.id and h.removed_at is null) as places,
  (select count(*) from congratulations g where g.exemplar_id = x.id) as congratulations,
  (select count(*) from adoptions a where a.exemplar_id = x.id) as adoptions
from exemplars x join nominations n on n.id = x.nomination_id join units u on u.id = n.unit_id
left join people q on q.id = n.nominee_id left join movements m on m.id = x.movement_id
left join people r on r.id = x.representative_id
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by x.id limit :most offset :skip;

-- name: consents(first, last, unit_id, most, skip)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, c.text_version, c.answer, c.at, r.full_name as person, c.note,
  case when c.paper_id is not null or c.entered_by is not null then 'paper' else 'chat' end as way,
  w.dated_on, b.full_name as entered_by
from publication_consents c join exemplars x on x.id = c.exemplar_id
join nominations n on n.id = x.nomination_id left join people q on q.id = n.nominee_id
left join people r on r.id = c.person_id left join papers w on w.id = c.paper_id
left join people b on b.id = c.entered_by
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by c.id limit :most offset :skip;

-- name: honours(first, last, unit_id, most, skip)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, h.place, t.title as chat, h.text_version, p.full_name as honoured_by, h.at,
  h.removed_at
from honours h join exemplars x on x.id = h.exemplar_id join nominations n on n.id = x.nomination_id
join people p on p.id = h.person_id left join people q on q.id = n.nominee_id
left join chats t on t.chat_id = h.chat_id
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by h.id limit :most offset :skip;

-- name: fosterings(first, last, unit_id, most, skip)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, p.full_name as mentor, f.aim, f.state, f.outcome, f.made_at, f.ended_at,
  s.text as step, s.due_on, s.done_at, s.result, s.dropped_at
from fosterings f join exemplars x on x.id = f.exemplar_id join nominations n on n.id = x.nomination_id
join people p on p.id = f.mentor_id left join people q on q.id = n.nominee_id
left join foster_steps s on s.fostering_id = f.id
where x.period >= :first and x.period <= :last and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id)
order by f.id, s.due_on, s.id limit :most offset :skip;

-- name: adoptions(first, last, unit_id, most, skip)
select x.nomination_id, x.id as exemplar, n.nominee_name as nominee, n.nominee_kind,
  q.erased_at as nominee_erased_at, u.code as unit_code, u.name as unit, a.body, a.plan, a.state, a.result,
  p.full_name as person, a.pledged_at, a.ended_at
from adoptions a join exemplars x on x.id = a.exemplar_id join nominations n on n.id = x.nomination_id
join people p on p.id = a.person_id left join people q on q.id = n.nominee_id
left join units u on u.id = a.unit_id
where x.period >= :first and x.period <= :last
  and (cast(:unit_id as bigint) = 0 or n.unit_id = :unit_id or a.unit_id = :unit_id)
order by a.id limit :most offset :skip;

-- name: lessons(from_us, until_us, periods, every, unit_id, most, skip)
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
order by l.id limit :most offset :skip;

-- name: events(from_us, until_us, unit_id, most, skip)
select v.id as event, v.kind, v.title, u.code as unit_code, u.name as unit, v.place, v.starts_at, v.ends_at,
  v.note, v.state, v.attended, v.outcome, v.reason, p.full_name as made_by,
  (select count(*) from event_replies r where r.event_id = v.id and r.answer = 'yes') as yes_n,
  (select count(*) from event_replies r where r.event_id = v.id and r.answer = 'no') as no_n
from events v join people p on p.id = v.made_by left join units u on u.id = v.host_id
where v.starts_at >= :from_us and v.starts_at < :until_us
  and (cast(:unit_id as bigint) = 0 or v.host_id = :unit_id)
order by v.starts_at, v.id limit :most offset :skip;

-- name: event_speakers(from_us, until_us, unit_id, most, skip)
select x.nomination_id, v.id as event, v.title, v.starts_at, x.id as exemplar, n.nominee_name as nominee,
  n.nominee_kind, q.erased_at as nominee_erased_at, k.answer
from event_speakers k join events v on v.id = k.event_id join exemplars x on x.id = k.exemplar_id
join nominations n on n.id = x.nomination_id left join people q on q.id = n.nominee_id
where v.starts_at >= :from_us and v.starts_at < :until_us
  and (cast(:unit_id as bigint) = 0 or v.host_id = :unit_id)
order by v.starts_at, v.id, x.id limit :most offset :skip;

-- name: movements(most, skip)
select m.name, m.kind, m.level, m.from_on, m.to_on, m.ended_on, r.review_on, r.done_at, r.note
from movements m left join movement_reviews r on r.movement_id = m.id
order by m.id, r.review_on, r.id limit :most offset :skip;

-- name: suggestions(from_us, until_us, unit_id, most, skip)
select s.id as code, u.code as unit_code, u.name as unit, p.full_name as person, s.text, s.state, s.answer,
  a.full_name as answered_by, s.at, s.answered_at
from suggestions s join people p on p.id = s.person_id join units u on u.id = p.unit_id
left join people a on a.id = s.answered_by
where s.at >= :from_us and s.at < :until_us and (cast(:unit_id as bigint) = 0 or p.unit_id = :unit_id)
order by s.id limit :most offset :skip;

-- name: let_notices_be_sent(at)!
-- Of a history that nobody has lived through: what it would have sent is behind it, but for open questions.
update notices set state = 'sent', changed_at = :at where state = 'pending' and kind <> 'consent_ask';

-- name: let_posts_be_sent()!
update posts set state = 'done' where kind = 'honour' and state = 'approved';

-- name: let_followups_be_past(at)!
update followups set done_at = due_at where done_at is null and due_at <= :at;

-- name: let_cards_be_drawn(card)!
update exemplars set card = null, card_version = 0 where card = :card;

-- name: set_card(id, card)!
-- The row's version stays: what was asked about it before is still what it asks.
update exemplars set card = :card, card_version = text_version where id = :id;
