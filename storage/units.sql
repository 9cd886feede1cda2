-- name: list_all()
select u.*, p.code as parent_code from units u left join units p on p.id = u.parent_id order by u.id;

-- name: add(code, name, short_names, parent_id, from_on, to_on)^
insert into units (code, name, short_names, parent_id, from_on, to_on)
values (:code, :name, :short_names, :parent_id, :from_on, :to_on) returning id;

-- name: change(id, name, short_names, parent_id, from_on, to_on)!
update units set name = :name, short_names = :short_names, parent_id = :parent_id, from_on = :from_on, to_on = :to_on
where id = :id;
