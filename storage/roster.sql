-- name: release_phones(codes)!
update people set phone = null where code in each_text(:codes);

-- name: release_accounts(codes)!
update people set telegram_id = null, blocked_at = null where code in each_text(:codes);

-- name: put_people(rows)!
insert into people (code, full_name, folded_name, post, unit_id, phone, telegram_id)
select r.code, r.full_name, r.folded_name, r.post, u.id, r.phone, r.telegram_id
from json_rows(:rows, code text, full_name text, folded_name text, post text, unit text, phone text, telegram_id bigint) as r
join units u on u.code = r.unit
where true
on conflict (code) do update set full_name = excluded.full_name, folded_name = excluded.folded_name,
  post = excluded.post, unit_id = excluded.unit_id, phone = excluded.phone, telegram_id = excluded.telegram_id,
  left_at = null;

-- name: drop_posts(codes)!
delete from roles where person_id in (select id from people where code in each_text(:codes));

-- name: put_posts(rows)!
insert into roles (person_id, role, unit_id, from_on, to_on)
select p.id, r.role, u.id, r.from_on, r.to_on
from json_rows(:rows, code text, role text, unit text, from_on text, to_on text) as r
join people p on p.code = r.code join units u on u.code = r.unit;

-- name: drop_keys(codes)!
delete from name_keys where person_id in (select id from people where code in each_text(:codes));

-- name: put_keys(rows)!
insert into name_keys (name_key, person_id)
select r.name_key, p.id from json_rows(:rows, code text, name_key text) as r join people p on p.code = r.code;

-- name: put_syllables(syllables)!
insert into syllables (syllable)
select value from text_rows(:syllables)
where true on conflict do nothing;

-- name: mark_left(codes, at)!
update people set left_at = :at where code in each_text(:codes);
