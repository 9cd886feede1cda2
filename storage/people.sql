-- name: get(id)^
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id where p.id = :id;

-- name: find_by_telegram(telegram_id)^
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id
where p.telegram_id = :telegram_id and p.erased_at is null and p.left_at is null;

-- name: find_by_phone(phone)^
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id
where p.phone = :phone and p.erased_at is null and p.left_at is null;

-- name: find_by_code(code)^
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id where p.code = :code;

-- name: list_all()
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id order by p.code;

-- name: list_in_unit(unit_id)
select p.*, u.name as unit_name from people p join units u on u.id = p.unit_id
where p.unit_id = :unit_id and p.left_at is null and p.erased_at is null
order by p.folded_name, p.id;

-- name: list_with_role(role)
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id
where p.left_at is null and p.erased_at is null
  and p.id in (select r.person_id from roles r where r.role = :role)
order by p.id;

-- name: list_with_own_menu()
select p.*, u.name as unit_name,
  (select string_agg(r.role || ',' || r.unit_id || ',' || coalesce(r.from_on, '') || ',' || coalesce(r.to_on, ''), ';')
    from roles r where r.person_id = p.id) as posts
  from people p join units u on u.id = p.unit_id
where p.telegram_id is not null and p.consent_version > 0 and p.left_at is null and p.erased_at is null
  and (p.language is not null or p.id in (select r.person_id from roles r where r.role <> 'employee'))
order by p.id;

-- name: list_recent_nominees(nominator_id, most)
select p.*, u.name as unit_name from people p join units u on u.id = p.unit_id
join (
  select n.nominee_id as person_id, max(e.sent_at) as last_at
  from endorsements e join nominations n on n.id = e.nomination_id
  where e.nominator_id = :nominator_id and n.nominee_id is not null
  group by n.nominee_id
) recent on recent.person_id = p.id
where p.left_at is null and p.erased_at is null
order by recent.last_at desc limit :most;

-- name: list_to_invite(period, person_id)
select p.id from people p
where p.telegram_id is not null and p.consent_version > 0 and p.blocked_at is null and p.left_at is null
  and p.erased_at is null and p.no_invitations = 0 and (cast(:person_id as bigint) = 0 or p.id = :person_id)
  and not exists (
    select 1 from endorsements e join nominations n on n.id = e.nomination_id
    where e.nominator_id = p.id and n.period = :period and e.withdrawn_at is null
  )
order by p.id;

-- name: get_no_invitations(id)^
select no_invitations from people where id = :id;

-- name: set_no_invitations(id, value)!
update people set no_invitations = :value where id = :id;

-- name: list_syllables()
select syllable from syllables;

-- name: list_by_ids(ids)
select p.*, u.name as unit_name from people p join units u on u.id = p.unit_id
where p.erased_at is null and p.id in each_int(:ids);

-- name: list_by_keys_in_unit(keys, unit_id)
select p.*, u.name as unit_name from people p join units u on u.id = p.unit_id
where p.erased_at is null and p.unit_id = :unit_id
  and exists (select 1 from name_keys k where k.person_id = p.id and k.name_key in each_text(:keys));

-- name: list_named(keys, most)
select name_key, ids from (
  select value as name_key, (
    select string_agg(cast(person_id as text), ',')
    from (select k.person_id from name_keys k where k.name_key = value limit :most) as few
  ) as ids
  from text_rows(:keys)
) as named
where ids is not null;

-- name: add(code, full_name, folded_name, post, unit_id, phone, telegram_id)^
insert into people (code, full_name, folded_name, post, unit_id, phone, telegram_id)
values (:code, :full_name, :folded_name, :post, :unit_id, :phone, :telegram_id)
returning id;

-- name: change(id, full_name, folded_name, post, unit_id, phone, telegram_id)!
update people set full_name = :full_name, folded_name = :folded_name, post = :post, unit_id = :unit_id,
  phone = :phone, telegram_id = :telegram_id
where id = :id;

-- name: drop_keys(person_id)!
delete from name_keys where person_id = :person_id;

-- name: add_keys(person_id, keys)!
insert into name_keys (name_key, person_id)
select value, cast(:person_id as bigint) from text_rows(:keys)
where true on conflict do nothing;

-- name: add_syllables(syllables)!
insert into syllables (syllable)
select value from text_rows(:syllables)
where true on conflict do nothing;

-- name: drop_posts(person_id)!
delete from roles where person_id = :person_id;

-- name: add_post(person_id, role, unit_id, from_on, to_on)!
insert into roles (person_id, role, unit_id, from_on, to_on)
values (:person_id, :role, :unit_id, :from_on, :to_on)
on conflict (person_id, role, unit_id) do update set from_on = excluded.from_on, to_on = excluded.to_on;

-- name: bind(id, telegram_id)!
update people set telegram_id = :telegram_id, blocked_at = null where id = :id;

-- name: unbind(telegram_id)!
update people set telegram_id = null where telegram_id = :telegram_id;

-- name: set_language(id, language)!
update people set language = :language where id = :id;

-- name: set_blocked(telegram_id, at)!
update people set blocked_at = :at where telegram_id = :telegram_id;

-- name: set_left(id, at)!
update people set left_at = :at where id = :id;

-- name: set_consent(id, version)!
update people set consent_version = :version where id = :id;

-- name: note_consent(person_id, purpose, version, given, at)!
insert into consents (person_id, purpose, version, given, at) values (:person_id, :purpose, :version, :given, :at);

-- name: list_consents(person_id)
select purpose, version, given, at from consents where person_id = :person_id order by id;

-- name: erase(id, at)!
update people set full_name = '', folded_name = '', post = '', phone = null, telegram_id = null, language = null,
  consent_version = 0, erased_at = :at
where id = :id;
