-- name: add(unit_id, period, nomination_id, reason, criteria, person_id, at)!
insert into choices (unit_id, period, nomination_id, reason, criteria, person_id, at)
values (:unit_id, :period, :nomination_id, :reason, :criteria, :person_id, :at);

-- name: drop_of(unit_id, period)!
delete from choices where unit_id = :unit_id and period = :period;

-- name: list_of(unit_id, period)
select nomination_id, reason, criteria from choices where unit_id = :unit_id and period = :period
order by nomination_id;

-- name: list_of_periods(periods)
select unit_id, period, nomination_id, reason, criteria from choices where period in each_text(:periods)
order by unit_id, period, nomination_id;

-- name: list_of_nomination(nomination_id)
select unit_id, period, reason, person_id, at from choices where nomination_id = :nomination_id order by at;

-- name: set_reason(unit_id, period, nomination_id, reason)!
update choices set reason = :reason
where unit_id = :unit_id and period = :period and nomination_id = :nomination_id;

-- name: raise_version(unit_id, period)!
update unit_answers set version = version + 1 where unit_id = :unit_id and period = :period;

-- name: list_within(unit_id, periods)
select c.nomination_id, min(c.period) as period from choices c
where c.unit_id = :unit_id and c.period in each_text(:periods)
group by c.nomination_id order by min(c.at), c.nomination_id;

-- name: find_answer(unit_id, period)^
select * from unit_answers where unit_id = :unit_id and period = :period;

-- name: list_answers_in_state(state)
select * from unit_answers where state = :state order by at, unit_id;

-- name: list_answers_of(periods)
select * from unit_answers where period in each_text(:periods) order by unit_id, period;

-- name: put_answer(unit_id, period, version, answer, reason, person_id, for_id, at)^
-- Of version 0 there is none yet; one that has been accepted is changed no more.
insert into unit_answers (unit_id, period, answer, reason, person_id, for_id, at)
values (:unit_id, :period, :answer, :reason, :person_id, :for_id, :at)
on conflict (unit_id, period) do update set answer = excluded.answer, reason = excluded.reason,
  person_id = excluded.person_id, for_id = excluded.for_id, at = excluded.at, state = 'given', question = '',
  checked_by = null, checked_at = null, version = unit_answers.version + 1
where unit_answers.version = :version and unit_answers.state <> 'accepted'
returning version;

-- name: check_answer(unit_id, period, version, state, question, checked_by, at)^
update unit_answers set state = :state, question = :question, checked_by = :checked_by, checked_at = :at,
  version = version + 1
where unit_id = :unit_id and period = :period and version = :version and state <> 'accepted'
returning version;

-- name: add_revision(unit_id, period, act, before, person_id, at)!
insert into answer_revisions (unit_id, period, act, before, person_id, at)
values (:unit_id, :period, :act, :before, :person_id, :at);

-- name: list_revisions(unit_id, period)
select act, before, person_id, at from answer_revisions
where unit_id = :unit_id and period = :period order by id;

-- name: list_of_nominee(nominee_key)
select c.unit_id, c.period, c.reason, c.nomination_id, x.id as exemplar_id
from choices c join nominations n on n.id = c.nomination_id left join exemplars x on x.nomination_id = n.id
where n.nominee_key = :nominee_key order by c.at desc, c.period desc;
