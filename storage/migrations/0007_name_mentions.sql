-- Where texts of others still name somebody who asked to be erased: places alone, never the name. `spans` are
-- [start, end] within the text whose `digest` is kept; the secretariat settles each: dropped, kept, changed since.
create table name_mentions (
  id {id},
  person_id bigint not null references people (id),
  subject text not null,
  subject_key text not null,
  field text not null,
  spans text not null,
  digest text not null,
  found_at bigint not null,
  outcome text not null default '',
  settled_by bigint references people (id),
  settled_at bigint,
  unique (person_id, subject, subject_key, field)
);
create index name_mentions_open on name_mentions (settled_at, person_id);
