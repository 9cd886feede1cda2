-- Articles for the portal; `told` are the exemplars in order, each [number, version of its words].

-- name: add(period, person_id, at)^
insert into articles (period, made_by, made_at, changed_at) values (:period, :person_id, :at, :at) returning id;

-- name: get(id)^
select * from articles where id = :id;

-- name: list_in_state(state, most, skip)
select a.*, count(*) over () as n from articles a where a.state = :state
order by a.changed_at desc, a.id desc limit :most offset :skip;

-- name: count_states()
select state, count(*) as n from articles group by state;

-- name: list_telling(exemplar_id)
select a.* from articles a join article_exemplars t on t.article_id = a.id
where t.exemplar_id = :exemplar_id and a.state <> 'withdrawn' order by a.id;

-- name: list_told(ids)
select * from article_exemplars where article_id in each_int(:ids) order by article_id, place;

-- name: save(id, version, state, url, published_on, approved_by, approved_at, at)^
update articles set state = :state, url = :url, published_on = :published_on, approved_by = :approved_by,
  approved_at = :approved_at, changed_at = :at, version = version + 1
where id = :id and version = :version
returning version;

-- name: drop_told(article_id)!
delete from article_exemplars where article_id = :article_id;

-- name: put_told(article_id, told)!
insert into article_exemplars (article_id, exemplar_id, place, text_version)
select cast(:article_id as bigint), t.exemplar_id, t.place, t.text_version
from json_rows(:told, exemplar_id bigint, place bigint, text_version bigint) as t
where true;

-- name: list_tellable()
-- Everything that has been agreed to as it is, by month.
select e.id, e.period from exemplars e join nominations n on n.id = e.nomination_id
left join people p on p.id = n.nominee_id
where e.consent = 'agreed' and e.consent_version = e.text_version and e.state <> 'removed'
  and p.erased_at is null and n.nominee_name <> ''
order by e.period desc, e.id;
