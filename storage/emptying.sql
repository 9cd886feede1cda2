-- What is emptied of somebody who asks to be erased; `ids` are the nominations about them, `exemplars` what became of them.

-- name: list_about(person_id)
-- Those of the person, and what is read as part of them.
select n.id from nominations n left join nominations w on w.id = n.merged_into
where n.nominee_id = :person_id or w.nominee_id = :person_id order by n.id;

-- name: list_exemplars(ids)
select id from exemplars where nomination_id in each_int(:ids) order by id;

-- name: count_life(person_id)^
select
  (select count(*) from exemplars x join nominations n on n.id = x.nomination_id
    where n.nominee_id = :person_id or x.representative_id = :person_id) as exemplars,
  (select count(*) from suggestions where person_id = :person_id and text <> '') as suggestions,
  (select count(*) from lessons where person_id = :person_id and withdrawn_at is null) as lessons,
  (select count(*) from congratulations where person_id = :person_id) as congratulations,
  (select count(*) from event_replies where person_id = :person_id) as replies;

-- name: list_words(ids, exemplars)
select e.story as body from endorsements e where e.nomination_id in each_int(:ids)
union all select e.result from endorsements e where e.nomination_id in each_int(:ids)
union all select e.spread from endorsements e where e.nomination_id in each_int(:ids)
union all select e.lesson from endorsements e where e.nomination_id in each_int(:ids)
union all select c.reason from choices c where c.nomination_id in each_int(:ids)
union all select x.text from exemplars x where x.id in each_int(:exemplars)
union all select f.aim from fosterings f where f.exemplar_id in each_int(:exemplars)
union all select f.outcome from fosterings f where f.exemplar_id in each_int(:exemplars)
union all select s.text from foster_steps s join fosterings f on f.id = s.fostering_id
  where f.exemplar_id in each_int(:exemplars)
union all select s.result from foster_steps s join fosterings f on f.id = s.fostering_id
  where f.exemplar_id in each_int(:exemplars);

-- name: empty_reasons(ids)!
update choices set reason = '' where nomination_id in each_int(:ids);

-- name: empty_questions(ids)!
update unit_answers set question = '' where exists (
  select 1 from choices c where c.unit_id = unit_answers.unit_id and c.period = unit_answers.period
    and c.nomination_id in each_int(:ids)
);

-- name: list_answers_before(marks)
select id, before from answer_revisions
where exists (select 1 from text_rows(:marks) where before like '%' || value || '%');

-- name: set_answer_before(id, before)!
update answer_revisions set before = :before where id = :id;

-- name: empty_office_notes(ids)!
update office_choices set note = '' where nomination_id in each_int(:ids);

-- name: empty_papers(person_id, ids, exemplars)!
update papers set file_id = null, file_kind = '', file_name = ''
where person_id = :person_id
  or (subject = 'endorsement' and subject_id in (
    select e.id from endorsements e where e.nomination_id in each_int(:ids)))
  or (subject = 'consent' and subject_id in each_int(:exemplars))
  or (subject = 'answer' and exists (
    select 1 from choices c where c.unit_id = papers.subject_id and c.period = papers.period
      and c.nomination_id in each_int(:ids)));

-- name: empty_consents(person_id, exemplars)!
update publication_consents set note = '', photo = null
where person_id = :person_id or exemplar_id in each_int(:exemplars);

-- name: empty_exemplars(exemplars)!
update exemplars set text = '', photo = null, card = null, folded = '', version = version + 1
where id in each_int(:exemplars);

-- name: leave_represented(person_id, exemplars)!
-- Groups and models for which the person spoke: somebody else is to be asked, unless all is said already.
update exemplars set representative_id = null, version = version + 1,
  consent = case when consent in ('asked', 'change') then 'none' else consent end
where representative_id = :person_id and id not in each_int(:exemplars);

-- name: empty_steps(exemplars)!
update foster_steps set text = '', result = '' where fostering_id in (
  select f.id from fosterings f where f.exemplar_id in each_int(:exemplars)
);

-- name: end_fosterings(exemplars, at)!
update fosterings set aim = '', outcome = '', state = 'ended', ended_at = coalesce(ended_at, :at),
  version = version + 1
where exemplar_id in each_int(:exemplars);

-- name: drop_congratulations(person_id)!
delete from congratulations where person_id = :person_id;

-- name: drop_replies(person_id)!
delete from event_replies where person_id = :person_id;

-- name: drop_speakers(exemplars)!
delete from event_speakers where exemplar_id in each_int(:exemplars);

-- name: leave_speakers(person_id)!
update event_speakers set person_id = null where person_id = :person_id;

-- name: empty_suggestions(person_id, at)!
update suggestions set text = '', answer = '', state = case when state = 'open' then 'filed' else state end,
  answered_at = coalesce(answered_at, :at)
where person_id = :person_id;

-- name: drop_pictures(keys)!
update posts set picture = null
where kind = 'honour' and exists (select 1 from text_rows(:keys) where posts.key like value || '%');
