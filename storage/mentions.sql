-- name: list_texts(forms, subject, subject_key)
-- What people wrote, by place: the texts that have one of the pieces, or all texts of one row.
select subject, subject_key, field, about, body from (
  select 'endorsements' as subject, cast(e.id as text) as subject_key, 'story' as field,
    n.nominee_name as about, e.story as body from endorsements e join nominations n on n.id = e.nomination_id
  union all select 'endorsements', cast(e.id as text), 'result', n.nominee_name, e.result
    from endorsements e join nominations n on n.id = e.nomination_id
  union all select 'endorsements', cast(e.id as text), 'spread', n.nominee_name, e.spread
    from endorsements e join nominations n on n.id = e.nomination_id
  union all select 'endorsements', cast(e.id as text), 'lesson', n.nominee_name, e.lesson
    from endorsements e join nominations n on n.id = e.nomination_id
  union all select 'endorsements', cast(e.id as text), 'field', n.nominee_name, e.field
    from endorsements e join nominations n on n.id = e.nomination_id
  union all select 'endorsements', cast(e.id as text), 'deed_period', n.nominee_name, e.deed_period
    from endorsements e join nominations n on n.id = e.nomination_id
  union all select 'evidence', cast(v.id as text), 'name', n.nominee_name, v.name
    from evidence v join endorsements e on e.id = v.endorsement_id join nominations n on n.id = e.nomination_id
  union all select 'nominations', cast(n.id as text), 'nominee_name', u.name, n.nominee_name
    from nominations n join units u on u.id = n.unit_id where n.nominee_id is null
  union all select 'choices', c.unit_id || ':' || c.period || ':' || c.nomination_id, 'reason', n.nominee_name, c.reason
    from choices c join nominations n on n.id = c.nomination_id
  union all select 'unit_answers', a.unit_id || ':' || a.period, 'reason', u.name, a.reason
    from unit_answers a join units u on u.id = a.unit_id
  union all select 'unit_answers', a.unit_id || ':' || a.period, 'question', u.name, a.question
    from unit_answers a join units u on u.id = a.unit_id
  union all select 'office_choices', o.period || ':' || o.nomination_id, 'form', n.nominee_name, o.form
    from office_choices o join nominations n on n.id = o.nomination_id
  union all select 'office_choices', o.period || ':' || o.nomination_id, 'note', n.nominee_name, o.note
    from office_choices o join nominations n on n.id = o.nomination_id
  union all select 'exemplars', cast(x.id as text), 'text', n.nominee_name, x.text
    from exemplars x join nominations n on n.id = x.nomination_id
  union all select 'publication_consents', cast(k.id as text), 'note', n.nominee_name, k.note
    from publication_consents k join exemplars x on x.id = k.exemplar_id join nominations n on n.id = x.nomination_id
  union all select 'papers', cast(p.id as text), 'file_name', '', p.file_name from papers p
  union all select 'fosterings', cast(f.id as text), 'aim', n.nominee_name, f.aim
    from fosterings f join exemplars x on x.id = f.exemplar_id join nominations n on n.id = x.nomination_id
  union all select 'fosterings', cast(f.id as text), 'outcome', n.nominee_name, f.outcome
    from fosterings f join exemplars x on x.id = f.exemplar_id join nominations n on n.id = x.nomination_id
  union all select 'foster_steps', cast(s.id as text), 'text', n.nominee_name, s.text
    from foster_steps s join fosterings f on f.id = s.fostering_id join exemplars x on x.id = f.exemplar_id
    join nominations n on n.id = x.nomination_id
  union all select 'foster_steps', cast(s.id as text), 'result', n.nominee_name, s.result
    from foster_steps s join fosterings f on f.id = s.fostering_id join exemplars x on x.id = f.exemplar_id
    join nominations n on n.id = x.nomination_id
  union all select 'adoptions', cast(a.id as text), 'body', n.nominee_name, a.body
    from adoptions a join exemplars x on x.id = a.exemplar_id join nominations n on n.id = x.nomination_id
  union all select 'adoptions', cast(a.id as text), 'plan', n.nominee_name, a.plan
    from adoptions a join exemplars x on x.id = a.exemplar_id join nominations n on n.id = x.nomination_id
  union all select 'adoptions', cast(a.id as text), 'result', n.nominee_name, a.result
    from adoptions a join exemplars x on x.id = a.exemplar_id join nominations n on n.id = x.nomination_id
  union all select 'lessons', cast(l.id as text), 'text', '', l.text from lessons l
  union all select 'events', cast(w.id as text), 'title', '', w.title from events w
  union all select 'events', cast(w.id as text), 'place', w.title, w.place from events w
  union all select 'events', cast(w.id as text), 'note', w.title, w.note from events w
  union all select 'events', cast(w.id as text), 'outcome', w.title, w.outcome from events w
  union all select 'events', cast(w.id as text), 'reason', w.title, w.reason from events w
  union all select 'movement_reviews', cast(r.id as text), 'note', m.name, r.note
    from movement_reviews r join movements m on m.id = r.movement_id
  union all select 'suggestions', cast(s.id as text), 'text', '', s.text from suggestions s
  union all select 'suggestions', cast(s.id as text), 'answer', '', s.answer from suggestions s
  union all select 'posts', cast(p.id as text), 'title', '', p.title from posts p
  union all select 'posts', cast(p.id as text), 'text', p.title, p.text from posts p
  union all select 'contents', cast(c.id as text), 'title', '', c.title from contents c
  union all select 'contents', cast(c.id as text), 'body', c.title, c.body from contents c
  union all select 'data_requests', cast(d.id as text), 'body', '', d.body from data_requests d
) as t
where body <> '' and (cast(:subject as text) = '' or (subject = :subject and subject_key = :subject_key))
  and (cast(:forms as text) = '[]' or exists (
    select 1 from text_rows(:forms) where body like '%' || value || '%' or lower(body) like '%' || value || '%'))
order by subject, subject_key, field;

-- name: set_endorsements(subject_key, field, body)!
update endorsements set story = case when cast(:field as text) = 'story' then :body else story end,
  result = case when cast(:field as text) = 'result' then :body else result end,
  spread = case when cast(:field as text) = 'spread' then :body else spread end,
  lesson = case when cast(:field as text) = 'lesson' then :body else lesson end,
  field = case when cast(:field as text) = 'field' then :body else field end,
  deed_period = case when cast(:field as text) = 'deed_period' then :body else deed_period end
where cast(id as text) = :subject_key;

-- name: set_evidence(subject_key, field, body)!
update evidence set name = :body where cast(:field as text) = 'name' and cast(id as text) = :subject_key;

-- name: set_choices(subject_key, field, body)!
update choices set reason = :body
where cast(:field as text) = 'reason' and unit_id || ':' || period || ':' || nomination_id = :subject_key;

-- name: set_unit_answers(subject_key, field, body)!
update unit_answers set reason = case when cast(:field as text) = 'reason' then :body else reason end,
  question = case when cast(:field as text) = 'question' then :body else question end
where unit_id || ':' || period = :subject_key;

-- name: set_office_choices(subject_key, field, body)!
update office_choices set form = case when cast(:field as text) = 'form' then :body else form end,
  note = case when cast(:field as text) = 'note' then :body else note end
where period || ':' || nomination_id = :subject_key;

-- name: set_publication_consents(subject_key, field, body)!
update publication_consents set note = :body
where cast(:field as text) = 'note' and cast(id as text) = :subject_key;

-- name: set_papers(subject_key, field, body)!
update papers set file_name = :body where cast(:field as text) = 'file_name' and cast(id as text) = :subject_key;

-- name: set_fosterings(subject_key, field, body)!
update fosterings set aim = case when cast(:field as text) = 'aim' then :body else aim end,
  outcome = case when cast(:field as text) = 'outcome' then :body else outcome end
where cast(id as text) = :subject_key;

-- name: set_foster_steps(subject_key, field, body)!
update foster_steps set text = case when cast(:field as text) = 'text' then :body else text end,
  result = case when cast(:field as text) = 'result' then :body else result end
where cast(id as text) = :subject_key;

-- name: set_adoptions(subject_key, field, body)!
update adoptions set body = case when cast(:field as text) = 'body' then :body else body end,
  plan = case when cast(:field as text) = 'plan' then :body else plan end,
  result = case when cast(:field as text) = 'result' then :body else result end
where cast(id as text) = :subject_key;

-- name: set_lessons(subject_key, field, body)!
update lessons set text = :body where cast(:field as text) = 'text' and cast(id as text) = :subject_key;

-- name: set_events(subject_key, field, body)!
update events set title = case when cast(:field as text) = 'title' then :body else title end,
  place = case when cast(:field as text) = 'place' then :body else place end,
  note = case when cast(:field as text) = 'note' then :body else note end,
  outcome = case when cast(:field as text) = 'outcome' then :body else outcome end,
  reason = case when cast(:field as text) = 'reason' then :body else reason end
where cast(id as text) = :subject_key;

-- name: set_movement_reviews(subject_key, field, body)!
update movement_reviews set note = :body
where cast(:field as text) = 'note' and cast(id as text) = :subject_key;

-- name: set_suggestions(subject_key, field, body)!
update suggestions set text = case when cast(:field as text) = 'text' then :body else text end,
  answer = case when cast(:field as text) = 'answer' then :body else answer end
where cast(id as text) = :subject_key;

-- name: set_posts(subject_key, field, body)!
update posts set title = case when cast(:field as text) = 'title' then :body else title end,
  text = case when cast(:field as text) = 'text' then :body else text end
where cast(id as text) = :subject_key;

-- name: set_contents(subject_key, field, body)!
update contents set title = case when cast(:field as text) = 'title' then :body else title end,
  body = case when cast(:field as text) = 'body' then :body else body end
where cast(id as text) = :subject_key;

-- name: set_data_requests(subject_key, field, body)!
update data_requests set body = :body where cast(:field as text) = 'body' and cast(id as text) = :subject_key;

-- name: list_earlier(forms)
-- What texts were before a change.
select kept, id, before from (
  select 'revisions' as kept, id, before from revisions
  union all select 'answer_revisions', id, before from answer_revisions
) as t
where exists (
  select 1 from text_rows(:forms) where before like '%' || value || '%' or lower(before) like '%' || value || '%');

-- name: list_event_changes(forms)
select event_id, version, field, before from event_changes
where exists (
  select 1 from text_rows(:forms) where before like '%' || value || '%' or lower(before) like '%' || value || '%');

-- name: empty_revisions(ids)!
update revisions set before = '{}' where id in each_int(:ids);

-- name: empty_answer_revisions(ids)!
update answer_revisions set before = '{}' where id in each_int(:ids);

-- name: empty_event_change(event_id, version, field)!
update event_changes set before = '' where event_id = :event_id and version = :version and field = :field;

-- name: put(person_id, subject, subject_key, field, spans, digest, at)!
insert into name_mentions (person_id, subject, subject_key, field, spans, digest, found_at)
values (:person_id, :subject, :subject_key, :field, :spans, :digest, :at)
on conflict (person_id, subject, subject_key, field) do update set spans = excluded.spans,
  digest = excluded.digest, found_at = excluded.found_at, outcome = '', settled_by = null, settled_at = null;

-- name: count_open(person_id)^
select count(*) as n from name_mentions
where settled_at is null and (cast(:person_id as bigint) = 0 or person_id = :person_id);

-- name: next_open(person_id)^
select * from name_mentions
where settled_at is null and (cast(:person_id as bigint) = 0 or person_id = :person_id)
order by person_id, id limit 1;

-- name: get(id)^
select * from name_mentions where id = :id;

-- name: settle(id, outcome, settled_by, at)^
update name_mentions set outcome = :outcome, settled_by = :settled_by, settled_at = :at
where id = :id and settled_at is null
returning id;

-- name: count_namesakes(folded_name, person_id)^
select count(*) as n from people where folded_name = :folded_name and id <> :person_id and erased_at is null;
