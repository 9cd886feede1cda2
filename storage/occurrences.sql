-- name: note(kind, key, due_at, state, at)^
insert into occurrences (kind, key, due_at, state, at) values (:kind, :key, :due_at, :state, :at)
on conflict (kind, key) do nothing
returning kind;

-- name: list_missed(since)
select kind, key, due_at from occurrences where state = 'missed' and due_at >= :since order by due_at desc;
