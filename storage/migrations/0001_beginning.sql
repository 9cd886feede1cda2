-- The office

create table units (
  id {id},
  code text not null unique,
  name text not null,
  short_names text not null default '[]',
  parent_id bigint references units (id),
  from_on text,
  to_on text
);

create table people (
  id {id},
  code text not null unique,
  full_name text not null,
  folded_name text not null,
  post text not null default '',
  unit_id bigint not null references units (id),
  phone text unique,
  telegram_id bigint unique,
  language text,
  consent_version bigint not null default 0,
  blocked_at bigint,
  left_at bigint,
  erased_at bigint
);
create index people_by_unit on people (unit_id);

create table roles (
  person_id bigint not null references people (id),
  role text not null,
  unit_id bigint not null references units (id),
  from_on text,
  to_on text,
  primary key (person_id, role, unit_id)
);
create index roles_by_unit on roles (unit_id, role);

create table name_keys (
  name_key text not null,
  person_id bigint not null references people (id),
  primary key (name_key, person_id)
);
create index name_keys_by_person on name_keys (person_id);

create table syllables (
  syllable text primary key
);

create table consents (
  id {id},
  person_id bigint not null references people (id),
  purpose text not null,
  version bigint not null,
  given bigint not null,
  at bigint not null
);

create table invites (
  id {id},
  secret_hash text not null unique,
  person_id bigint not null references people (id),
  made_by bigint references people (id),
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

create table data_requests (
  id {id},
  person_id bigint not null references people (id),
  kind text not null,
  body text not null,
  at bigint not null,
  settled_at bigint
);

-- Nominations

create table movements (
  id {id},
  name text not null unique,
  level text not null default '',
  from_on text,
  to_on text
);

create table nominations (
  id {id},
  nominee_kind text not null,
  nominee_id bigint references people (id),
  nominee_key text not null,
  nominee_name text not null,
  nominee_post text not null default '',
  unit_id bigint not null references units (id),
  period text not null,
  made_at bigint not null,
  opened_at bigint,
  unique (nominee_key, period)
);
create index nominations_by_period on nominations (period, unit_id);
create index nominations_by_nominee on nominations (nominee_id);

create table endorsements (
  id {id},
  nomination_id bigint not null references nominations (id),
  nominator_id bigint not null references people (id),
  kind text not null,
  movement_id bigint references movements (id),
  story text not null,
  result text not null default '',
  spread text not null default '',
  lesson text not null default '',
  field text not null default '',
  deed_period text not null default '',
  hide_name bigint not null default 0,
  sent_at bigint not null,
  changed_at bigint,
  withdrawn_at bigint,
  unique (nomination_id, nominator_id)
);
create index endorsements_by_nominator on endorsements (nominator_id, sent_at);

create table revisions (
  id {id},
  endorsement_id bigint not null references endorsements (id),
  act text not null,
  before text not null,
  at bigint not null
);
create index revisions_by_endorsement on revisions (endorsement_id);

create table evidence (
  id {id},
  endorsement_id bigint not null references endorsements (id),
  kind text not null,
  file_id text not null,
  file_unique_id text not null,
  name text not null default '',
  size bigint,
  unique (endorsement_id, file_unique_id)
);

create table unit_answers (
  unit_id bigint not null references units (id),
  period text not null,
  answer text not null,
  reason text not null default '',
  person_id bigint not null references people (id),
  at bigint not null,
  primary key (unit_id, period)
);

-- Conversations

create table updates (
  update_id bigint primary key,
  at bigint not null
);

create table unread_updates (
  update_id bigint primary key,
  at bigint not null,
  reason text not null,
  body text not null
);

create table drafts (
  id {id},
  owner_id bigint not null references people (id),
  flow text not null,
  step text not null,
  version bigint not null,
  fields text not null,
  made_at bigint not null,
  changed_at bigint not null,
  unique (owner_id, flow)
);

create table screens (
  chat_id bigint primary key,
  flow text not null,
  version bigint not null,
  shown_version bigint not null,
  message_id bigint,
  body text not null,
  changed_at bigint not null
);

-- Messages to others, and work to be done outside a conversation

create table notices (
  id {id},
  kind text not null,
  occurrence text not null,
  person_id bigint not null references people (id),
  body text not null,
  due_at bigint not null,
  expires_at bigint,
  state text not null default 'pending',
  attempts bigint not null default 0,
  token text,
  message_id bigint,
  error text,
  made_at bigint not null,
  changed_at bigint not null,
  unique (kind, occurrence, person_id)
);
create index notices_waiting on notices (state, due_at);

create table tasks (
  id {id},
  kind text not null,
  person_id bigint not null references people (id),
  args text not null,
  state text not null default 'pending',
  attempts bigint not null default 0,
  made_at bigint not null,
  ended_at bigint,
  error text
);
create index tasks_waiting on tasks (state, id);

create table watermarks (
  job text primary key,
  done_until bigint not null
);

create table menus (
  scope text not null,
  language text not null,
  digest text not null,
  primary key (scope, language)
);

create table audit (
  id {id},
  at bigint not null,
  actor_id bigint,
  act text not null,
  subject text not null,
  subject_id bigint,
  detail text not null default ''
);
