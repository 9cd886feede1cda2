-- The same as for PostgreSQL: a reason lets its nomination be counted anew, a nomination changes the tallies.
-- standing = -1 asks for the count; in between the nomination is in no tally. What is taken from a tally may come before
-- what is added to it: in between it may be below nothing.

create trigger reasons_added after insert on endorsements
begin
  update nominations set standing = -1
  where id = (select coalesce(merged_into, id) from nominations where id = new.nomination_id);
end;

create trigger reasons_changed after update of kind, movement_id, sent_at, withdrawn_at on endorsements
begin
  update nominations set standing = -1
  where id = (select coalesce(merged_into, id) from nominations where id = new.nomination_id);
end;

create trigger nominations_merged_or_not after update of merged_into on nominations
when old.merged_into is not new.merged_into
begin
  update nominations set standing = -1 where id in (new.id, old.merged_into, new.merged_into);
end;

create trigger nominations_counted after update of standing on nominations when new.standing = -1
begin
  update nominations set (standing, first_kind, first_movement_id) = (
    select count(*) over (), e.kind, e.movement_id
    from nominations own join endorsements e on e.nomination_id = own.id
    where (own.id = new.id or own.merged_into = new.id) and e.withdrawn_at is null
    order by e.sent_at, e.id limit 1
  )
  where id = new.id and exists (
    select 1 from nominations own join endorsements e on e.nomination_id = own.id
    where (own.id = new.id or own.merged_into = new.id) and e.withdrawn_at is null
  );
  update nominations set standing = 0, first_kind = null, first_movement_id = null where id = new.id and standing = -1;
end;

-- A nomination is added without a reason: there is nothing to tally before the first one comes.
create trigger nominations_untallied
after update of standing, first_kind, first_movement_id, unit_id, period, merged_into on nominations
when old.standing > 0 and old.merged_into is null
begin
  insert into tallies (sort, period, unit_id, key, nominees, reasons)
  values ('kind', old.period, old.unit_id, old.first_kind, -1, -old.standing),
    ('movement', old.period, old.unit_id, cast(coalesce(old.first_movement_id, 0) as text), -1, -old.standing)
  on conflict (sort, period, unit_id, key)
  do update set nominees = tallies.nominees - 1, reasons = tallies.reasons + excluded.reasons;
  delete from tallies
  where nominees = 0 and reasons = 0 and sort in ('kind', 'movement') and period = old.period and unit_id = old.unit_id;
end;

create trigger nominations_tallied
after update of standing, first_kind, first_movement_id, unit_id, period, merged_into on nominations
when new.standing > 0 and new.merged_into is null
begin
  insert into tallies (sort, period, unit_id, key, nominees, reasons)
  values ('kind', new.period, new.unit_id, new.first_kind, 1, new.standing),
    ('movement', new.period, new.unit_id, cast(coalesce(new.first_movement_id, 0) as text), 1, new.standing)
  on conflict (sort, period, unit_id, key)
  do update set nominees = tallies.nominees + 1, reasons = tallies.reasons + excluded.reasons;
  delete from tallies
  where nominees = 0 and reasons = 0 and sort in ('kind', 'movement') and period = new.period and unit_id = new.unit_id;
end;

-- What is there already.
update nominations set standing = -1;
