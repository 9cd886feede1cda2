-- What the secretariat files, and what its figures are counted from.

-- How many standing reasons a nomination has, its merged ones included, and the kind and movement of the first of
-- them: kept by the triggers of 0009, never written by hand.
alter table nominations add column standing bigint not null default 0;
alter table nominations add column first_kind text;
alter table nominations add column first_movement_id bigint references movements (id);

-- Nominees and reasons of each month and unit, by kind and by movement ('0' is none): kept by the same triggers, so
-- that a summary costs the same after ten years. docs/decisions/0008-figures-and-files.md
create table tallies (
  sort text not null,
  period text not null,
  unit_id bigint not null references units (id),
  key text not null,
  nominees bigint not null,
  reasons bigint not null,
  primary key (sort, period, unit_id, key)
);
-- Who has given them is counted from the rows.
create index endorsements_standing on endorsements (nomination_id, nominator_id) where withdrawn_at is null;
-- Few are merged: an index of all would be looked through for what is merged into nothing.
drop index nominations_merged;
create index nominations_merged on nominations (merged_into, id) where merged_into is not null;
create index choices_by_period on choices (period);
create index unit_answers_by_period on unit_answers (period);
create index exemplars_by_period on exemplars (period);

-- Names that a unit had until a day (the first on which it had the next one).
create table unit_names (
  unit_id bigint not null references units (id),
  until_on text not null,
  name text not null,
  short_names text not null default '[]',
  primary key (unit_id, until_on)
);

-- Articles for the portal: draft, approved, published (address and day), withdrawn. Their words are the exemplars'.
create table articles (
  id {id},
  period text not null,
  state text not null default 'draft',
  version bigint not null default 1,
  url text not null default '',
  published_on text,
  made_by bigint not null references people (id),
  made_at bigint not null,
  approved_by bigint references people (id),
  approved_at bigint,
  changed_at bigint not null
);
create index articles_by_state on articles (state, id);
-- Which exemplars an article tells of, in order, in which version of their words.
create table article_exemplars (
  article_id bigint not null references articles (id),
  exemplar_id bigint not null references exemplars (id),
  place bigint not null,
  text_version bigint not null,
  primary key (article_id, exemplar_id)
);
create index article_exemplars_by_exemplar on article_exemplars (exemplar_id);

-- Who wants the summary by itself: every week on a day (1 is Monday) or every month on a day (1–28), at an hour.
create table digests (
  person_id bigint primary key references people (id),
  cadence text not null,
  day bigint not null,
  hour text not null,
  version bigint not null default 1,
  asked_at bigint not null
);

-- Work that somebody does not want any more.
alter table tasks add column cancelled_at bigint;
