-- name: add(subject, subject_id, period, person_id, entered_by, dated_on, file_id, file_kind, file_name, at)^
insert into papers (subject, subject_id, period, person_id, entered_by, dated_on, file_id, file_kind, file_name, at)
values (:subject, :subject_id, :period, :person_id, :entered_by, :dated_on, :file_id, :file_kind, :file_name, :at)
returning id;

-- name: find(id)^
select p.*, coalesce(w.full_name, '') as person_name, c.full_name as clerk_name
from papers p left join people w on w.id = p.person_id join people c on c.id = p.entered_by
where p.id = :id;

-- name: list_of(subject, subject_id, period)
select p.*, coalesce(w.full_name, '') as person_name, c.full_name as clerk_name
from papers p left join people w on w.id = p.person_id join people c on c.id = p.entered_by
where p.subject = :subject and p.subject_id = :subject_id
  and (cast(:period as text) = '' or p.period = :period)
order by p.id;

-- name: find_entered(nominator_id, nominee_key, dated_on)^
select e.id from papers p join endorsements e on e.id = p.subject_id join nominations n on n.id = e.nomination_id
where p.subject = 'endorsement' and p.dated_on = :dated_on and e.nominator_id = :nominator_id
  and n.nominee_key = :nominee_key
order by e.id limit 1;

-- name: list_nominated(since)
-- Withdrawn ones too: what somebody took back is not entered for them again.
select e.nominator_id, n.nominee_key, n.period, p.dated_on
from endorsements e join nominations n on n.id = e.nomination_id
left join papers p on p.subject = 'endorsement' and p.subject_id = e.id
where n.period >= :since;

-- name: list_answered(since)
select unit_id, period from unit_answers where period >= :since;

-- name: list_names(ids)
select id, nominee_name from nominations where id in each_int(:ids) order by id;
