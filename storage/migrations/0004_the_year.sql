-- What fell due, each once: planned, or missed because the bot was down until it made no sense any more.
create table occurrences (
  kind text not null,
  key text not null,
  due_at bigint not null,
  state text not null,
  at bigint not null,
  primary key (kind, key)
);
create index occurrences_by_state on occurrences (state, due_at);

-- When a notice may go (any, daytime, work), what goes first, and which copy of it this is.
alter table notices add column hours text not null default 'any';
alter table notices add column urgency bigint not null default 0;
alter table notices add column copy bigint not null default 1;
create index notices_by_occurrence on notices (kind, occurrence);

-- A head's choice of exemplars for a period; unit_answers says that the unit has answered.
create table choices (
  unit_id bigint not null references units (id),
  period text not null,
  nomination_id bigint not null references nominations (id),
  person_id bigint not null references people (id),
  at bigint not null,
  primary key (unit_id, period, nomination_id)
);

-- The library: law, thought, policy; readable once approved.
create table contents (
  id {id},
  code text unique,
  title text not null,
  body text not null,
  tags text not null default '[]',
  source text not null default '',
  state text not null default 'draft',
  made_at bigint not null,
  changed_at bigint not null
);

-- Messages to many that the secretariat sees first: big days, content, announcements.
-- text '' is the catalog's: {"id", "values"} in `words`, in each reader's language.
create table posts (
  id {id},
  kind text not null,
  key text not null unique,
  title text not null default '',
  text text not null default '',
  words text not null default '{}',
  picture text,
  audience text not null default '{}',
  send_at bigint not null,
  expires_at bigint,
  state text not null,
  version bigint not null default 1,
  content_id bigint references contents (id),
  author_id bigint references people (id),
  decided_by bigint references people (id),
  decided_at bigint,
  told bigint not null default 0,
  made_at bigint not null
);
create index posts_by_state on posts (state, send_at);

-- Who does not want the monthly invitation to nominate.
alter table people add column no_invitations bigint not null default 0;
