-- name: get(id)^
select * from movements where id = :id;

-- name: add(kind, name, level, from_on, to_on)^
insert into movements (kind, name, level, from_on, to_on) values (:kind, :name, :level, :from_on, :to_on)
returning *;

-- name: save(id, version, kind, name, level, from_on, to_on, ended_on)^
update movements set kind = :kind, name = :name, level = :level, from_on = :from_on, to_on = :to_on,
  ended_on = :ended_on, version = version + 1
where id = :id and version = :version
returning *;

-- name: count_nominations(movement_id)^
select count(distinct e.nomination_id) as n from endorsements e
where e.movement_id = :movement_id and e.withdrawn_at is null;

-- name: list_reviews(movement_id)
select * from movement_reviews where movement_id = :movement_id order by review_on;

-- name: list_all_reviews()
select * from movement_reviews order by review_on, movement_id;

-- name: add_review(movement_id, review_on)!
insert into movement_reviews (movement_id, review_on) values (:movement_id, :review_on)
on conflict (movement_id, review_on) do nothing;

-- name: drop_review(movement_id, review_on)!
delete from movement_reviews where movement_id = :movement_id and review_on = :review_on and done_at is null;

-- name: note_review(movement_id, review_on, at, note)!
insert into movement_reviews (movement_id, review_on, done_at, note) values (:movement_id, :review_on, :at, :note)
on conflict (movement_id, review_on) do update set done_at = excluded.done_at, note = excluded.note;
