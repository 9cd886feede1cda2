-- name: list_all()
select u.*, p.code as parent_code from units u left join units p on p.id = u.parent_id order by u.id;

-- name: add(code, name, short_names, parent_id, from_on, to_on)^
insert into units (code, name, short_names, parent_id, from_on, to_on)
values (:code, :name, :short_names, :parent_id, :from_on, :to_on) returning id;

-- name: change(id, name, short_names, parent_id, from_on, to_on)!
update units set name = :name, short_names = :short_names, parent_id = :parent_id, from_on = :from_on, to_on = :to_on
where id = :id;

-- name: list_named(on)
-- The name of a day is the one that ended first behind it; where none did, the unit's own.
select u.id, u.code, u.from_on, u.to_on,
  coalesce((select n.name from unit_names n where n.unit_id = u.id and n.until_on > :on
    order by n.until_on limit 1), u.name) as name,
  coalesce((select n.short_names from unit_names n where n.unit_id = u.id and n.until_on > :on
    order by n.until_on limit 1), u.short_names) as short_names
from units u order by u.id;

-- name: keep_name(id, name, short_names, until_on)!
-- Of two changes on a day the first knows what the name had been.
insert into unit_names (unit_id, until_on, name, short_names)
select id, :until_on, name, short_names from units where id = :id and (name <> :name or short_names <> :short_names)
on conflict (unit_id, until_on) do nothing;
