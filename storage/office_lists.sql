-- name: find(period)^
select * from office_lists where period = :period;

-- name: open(period, person_id, at)^
insert into office_lists (period, person_id, at) values (:period, :person_id, :at)
on conflict (period) do update set period = excluded.period
returning state;

-- name: set_state(period, before, state, person_id, at)^
update office_lists set state = :state, person_id = :person_id, at = :at
where period = :period and state = :before
returning state;

-- name: list_composable()
select a.period, count(distinct coalesce(n.merged_into, n.id)) as n
from unit_answers a join choices c on c.unit_id = a.unit_id and c.period = a.period
join nominations n on n.id = c.nomination_id
where a.state = 'accepted' and (length(a.period) = 4 or substr(a.period, 6, 1) in ('Q', 'H'))
  and not exists (select 1 from office_lists l where l.period = a.period and l.state = 'closed')
group by a.period order by a.period;

-- name: list_all()
select * from office_lists order by period desc;

-- name: list_candidates(period)
select e.id as exemplar_id, c.reason, u.name as by_unit, o.form, o.note
from choices c join unit_answers a on a.unit_id = c.unit_id and a.period = c.period and a.state = 'accepted'
join units u on u.id = c.unit_id
join nominations n on n.id = c.nomination_id
join exemplars e on e.nomination_id = coalesce(n.merged_into, n.id)
left join office_choices o on o.period = c.period and o.nomination_id = e.nomination_id
where c.period = :period order by c.unit_id, e.id;

-- name: put(period, nomination_id, person_id, at)!
insert into office_choices (period, nomination_id, person_id, at) values (:period, :nomination_id, :person_id, :at)
on conflict (period, nomination_id) do nothing;

-- name: drop(period, nomination_id)!
delete from office_choices where period = :period and nomination_id = :nomination_id;

-- name: set_words(period, nomination_id, form, note, person_id, at)!
update office_choices set form = :form, note = :note, person_id = :person_id, at = :at
where period = :period and nomination_id = :nomination_id;

-- name: count_unchecked(period)^
select count(*) as n from unit_answers where period = :period and state <> 'accepted';
