-- The same as for SQLite: a reason lets its nomination be counted anew, a nomination changes the tallies. What is taken
-- from a tally may come before what is added to it: in between it may be below nothing.

-- The nomination is held first: a statement sees what others committed before it began, and whoever waited for the row
-- has to count with what the other has added.
create function count_nomination(wanted bigint) returns void language plpgsql as
$$
declare
  first record;
begin
  perform 1 from nominations where id = wanted for no key update;
  select count(*) over () as n, e.kind, e.movement_id into first
  from nominations own join endorsements e on e.nomination_id = own.id
  where (own.id = wanted or own.merged_into = wanted) and e.withdrawn_at is null
  order by e.sent_at, e.id limit 1;
  update nominations
  set standing = coalesce(first.n, 0), first_kind = first.kind, first_movement_id = first.movement_id
  where id = wanted;
end
$$;

create function reasons_told() returns trigger language plpgsql as
$$
begin
  -- Held before it is asked what it is part of: somebody may just be merging it.
  perform 1 from nominations where id = new.nomination_id for no key update;
  perform count_nomination(coalesce(n.merged_into, n.id)) from nominations n where n.id = new.nomination_id;
  return null;
end
$$;

create trigger reasons_added after insert on endorsements
for each row execute function reasons_told();

create trigger reasons_changed after update of kind, movement_id, sent_at, withdrawn_at on endorsements
for each row execute function reasons_told();

create function merged_or_not() returns trigger language plpgsql as
$$
begin
  perform count_nomination(n.id) from (
    select id from nominations where id in (new.id, old.merged_into, new.merged_into) order by id
  ) as n;
  return null;
end
$$;

create trigger nominations_merged_or_not after update of merged_into on nominations
for each row when (old.merged_into is distinct from new.merged_into) execute function merged_or_not();

create function tally_nomination() returns trigger language plpgsql as
$$
begin
  if old.standing > 0 and old.merged_into is null then
    insert into tallies (sort, period, unit_id, key, nominees, reasons)
    values ('kind', old.period, old.unit_id, old.first_kind, -1, -old.standing),
      ('movement', old.period, old.unit_id, cast(coalesce(old.first_movement_id, 0) as text), -1, -old.standing)
    on conflict (sort, period, unit_id, key)
    do update set nominees = tallies.nominees - 1, reasons = tallies.reasons + excluded.reasons;
  end if;
  if new.standing > 0 and new.merged_into is null then
    insert into tallies (sort, period, unit_id, key, nominees, reasons)
    values ('kind', new.period, new.unit_id, new.first_kind, 1, new.standing),
      ('movement', new.period, new.unit_id, cast(coalesce(new.first_movement_id, 0) as text), 1, new.standing)
    on conflict (sort, period, unit_id, key)
    do update set nominees = tallies.nominees + 1, reasons = tallies.reasons + excluded.reasons;
  end if;
  delete from tallies
  where nominees = 0 and reasons = 0 and sort in ('kind', 'movement')
    and period in (old.period, new.period) and unit_id in (old.unit_id, new.unit_id);
  return null;
end
$$;

-- A nomination is added without a reason: there is nothing to tally before the first one comes.
create trigger nominations_tallied
after update of standing, first_kind, first_movement_id, unit_id, period, merged_into on nominations
for each row execute function tally_nomination();

-- What is there already.
select count_nomination(id) from nominations;
