-- name: add(unit_id, period, nomination_id, person_id, at)!
insert into choices (unit_id, period, nomination_id, person_id, at)
values (:unit_id, :period, :nomination_id, :person_id, :at)
on conflict (unit_id, period, nomination_id) do nothing;

-- name: list_of(unit_id, period)
select nomination_id from choices where unit_id = :unit_id and period = :period order by nomination_id;

-- name: list_within(unit_id, periods)
select c.nomination_id, min(c.period) as period from choices c
where c.unit_id = :unit_id and c.period in each_text(:periods)
group by c.nomination_id order by min(c.at), c.nomination_id;
