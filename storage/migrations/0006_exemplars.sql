-- The life of an exemplar, from a unit's choice to the units that copy it.

-- A unit's answer: in whose name, how far the secretariat is with it (given, returned, accepted), and what it asks.
alter table unit_answers add column state text not null default 'given';
alter table unit_answers add column version bigint not null default 1;
alter table unit_answers add column for_id bigint references people (id);
alter table unit_answers add column question text not null default '';
alter table unit_answers add column checked_by bigint references people (id);
alter table unit_answers add column checked_at bigint;

-- Why a nominee is chosen, and the criteria that the head has confirmed.
alter table choices add column reason text not null default '';
alter table choices add column criteria text not null default '[]';
-- Choices of before were confirmed by the three criteria and had no sentence: the first reason speaks for them.
update choices set criteria = '["positive", "spreading", "typical"]', reason = coalesce((
  select substr(e.story, 1, 300) from endorsements e
  where e.nomination_id = choices.nomination_id and e.withdrawn_at is null order by e.sent_at, e.id limit 1
), '');
create index choices_by_nomination on choices (nomination_id);

-- An answer as it was before it was changed.
create table answer_revisions (
  id {id},
  unit_id bigint not null references units (id),
  period text not null,
  act text not null,
  before text not null,
  person_id bigint not null references people (id),
  at bigint not null
);
create index answer_revisions_of on answer_revisions (unit_id, period);

-- Two nominations of one deed: the reasons stay where they are and are read with those of the other.
alter table nominations add column merged_into bigint references nominations (id);
create index nominations_merged on nominations (merged_into);
-- From which unit a nomination came that another unit's head has passed on.
alter table nominations add column moved_from bigint references units (id);

-- For quarters and years: the office's list out of the units' choices.
create table office_lists (
  period text primary key,
  state text not null default 'open',
  person_id bigint not null references people (id),
  at bigint not null
);
create table office_choices (
  period text not null references office_lists (period),
  nomination_id bigint not null references nominations (id),
  form text not null default '',
  note text not null default '',
  person_id bigint not null references people (id),
  at bigint not null,
  primary key (period, nomination_id)
);

-- What came on paper: an endorsement, a unit's answer or a consent, entered in somebody's name.
create table papers (
  id {id},
  subject text not null,
  subject_id bigint not null default 0,
  period text not null default '',
  person_id bigint references people (id),
  entered_by bigint not null references people (id),
  dated_on text not null,
  file_id text,
  file_kind text not null default '',
  file_name text not null default '',
  at bigint not null
);
create index papers_by_subject on papers (subject, subject_id, period);

-- A chosen nomination that the secretariat has taken over. `text`, `photo` and `card` are what will be published,
-- `text_version` counts their changes, and the consent holds for the version it was given for. `folded` are the words
-- it is found by, without accents.
create table exemplars (
  id {id},
  nomination_id bigint not null unique references nominations (id),
  kind text not null,
  movement_id bigint references movements (id),
  field text not null default '',
  period text not null,
  text text not null,
  text_version bigint not null default 1,
  photo text,
  card text,
  card_version bigint not null default 0,
  representative_id bigint references people (id),
  consent text not null default 'none',
  consent_version bigint not null default 0,
  consent_at bigint,
  state text not null default 'open',
  version bigint not null default 1,
  made_at bigint not null,
  honoured_at bigint,
  folded text not null default ''
);
create index exemplars_by_state on exemplars (state, honoured_at);
create index exemplars_by_consent on exemplars (consent);

-- What was asked and answered about publication, in order; never changed.
create table publication_consents (
  id {id},
  exemplar_id bigint not null references exemplars (id),
  text_version bigint not null,
  answer text not null,
  note text not null default '',
  photo text,
  person_id bigint references people (id),
  entered_by bigint references people (id),
  paper_id bigint references papers (id),
  at bigint not null
);
create index publication_consents_of on publication_consents (exemplar_id, id);

-- Where an exemplar is honoured: in the unit, in the office's channel, to everybody.
create table honours (
  id {id},
  exemplar_id bigint not null references exemplars (id),
  place text not null,
  chat_id bigint,
  post_id bigint references posts (id),
  text_version bigint not null,
  person_id bigint not null references people (id),
  at bigint not null,
  removed_at bigint,
  unique (exemplar_id, place)
);
create table congratulations (
  exemplar_id bigint not null references exemplars (id),
  person_id bigint not null references people (id),
  at bigint not null,
  primary key (exemplar_id, person_id)
);

-- Groups and channels that the bot is in, and which unit's they are (none is the office's).
create table chats (
  chat_id bigint primary key,
  kind text not null,
  title text not null default '',
  unit_id bigint references units (id),
  state text not null default 'new',
  linked_by bigint references people (id),
  at bigint not null
);

-- Fostering: who guides an exemplar, in which steps, until when.
create table fosterings (
  id {id},
  exemplar_id bigint not null unique references exemplars (id),
  mentor_id bigint not null references people (id),
  aim text not null default '',
  state text not null default 'open',
  outcome text not null default '',
  version bigint not null default 1,
  made_by bigint not null references people (id),
  made_at bigint not null,
  ended_at bigint
);
create table foster_steps (
  id {id},
  fostering_id bigint not null references fosterings (id),
  text text not null,
  due_on text not null,
  done_at bigint,
  result text not null default '',
  dropped_at bigint
);
create index foster_steps_of on foster_steps (fostering_id, due_on);

-- Copying: a unit, or a body outside the office by its name, that takes an exemplar's way over.
create table adoptions (
  id {id},
  exemplar_id bigint not null references exemplars (id),
  unit_id bigint references units (id),
  body text not null default '',
  plan text not null default '',
  result text not null default '',
  state text not null default 'pledged',
  person_id bigint not null references people (id),
  pledged_at bigint not null,
  ended_at bigint,
  version bigint not null default 1
);
create unique index adoptions_once on adoptions (exemplar_id, coalesce(unit_id, 0), body);
create index adoptions_by_unit on adoptions (unit_id);

-- Lessons: on running movements, and on building and copying exemplars.
create table lessons (
  id {id},
  kind text not null,
  text text not null,
  period text not null,
  unit_id bigint references units (id),
  exemplar_id bigint references exemplars (id),
  movement_id bigint references movements (id),
  event_id bigint,
  person_id bigint not null references people (id),
  at bigint not null,
  withdrawn_at bigint
);
create index lessons_by_period on lessons (period);

-- Exchanges, culture and arts, commendation meetings.
create table events (
  id {id},
  kind text not null,
  title text not null,
  host_id bigint references units (id),
  place text not null,
  starts_at bigint not null,
  ends_at bigint,
  audience text not null default '{}',
  note text not null default '',
  state text not null default 'planned',
  version bigint not null default 1,
  outcome text not null default '',
  attended bigint,
  reason text not null default '',
  made_by bigint not null references people (id),
  made_at bigint not null,
  changed_at bigint not null
);
create index events_by_start on events (starts_at);
create table event_speakers (
  event_id bigint not null references events (id),
  exemplar_id bigint not null references exemplars (id),
  person_id bigint references people (id),
  answer text not null default 'asked',
  at bigint not null,
  primary key (event_id, exemplar_id)
);
create table event_replies (
  event_id bigint not null references events (id),
  person_id bigint not null references people (id),
  answer text not null,
  version bigint not null,
  at bigint not null,
  primary key (event_id, person_id)
);
-- What a change of an event changed, and what it was before.
create table event_changes (
  event_id bigint not null references events (id),
  version bigint not null,
  field text not null,
  before text not null,
  person_id bigint not null references people (id),
  at bigint not null,
  primary key (event_id, version, field)
);

-- Movements and campaigns with the days on which they are reviewed.
alter table movements add column kind text not null default 'movement';
alter table movements add column ended_on text;
alter table movements add column version bigint not null default 1;
create table movement_reviews (
  id {id},
  movement_id bigint not null references movements (id),
  review_on text not null,
  done_at bigint,
  note text not null default '',
  unique (movement_id, review_on)
);

-- Suggestions to the secretariat.
create table suggestions (
  id {id},
  person_id bigint not null references people (id),
  text text not null,
  state text not null default 'open',
  answer text not null default '',
  answered_by bigint references people (id),
  at bigint not null,
  answered_at bigint
);
create index suggestions_by_state on suggestions (state, at);

-- What is to be looked at again at an instant: who is told is decided when it comes.
create table followups (
  id {id},
  kind text not null,
  key text not null,
  args text not null default '{}',
  due_at bigint not null,
  done_at bigint,
  unique (kind, key)
);
create index followups_waiting on followups (done_at, due_at);

-- A notice that goes to a group or channel instead of a person's own chat; `person_id` is who sends it there.
alter table notices add column chat_id bigint;
