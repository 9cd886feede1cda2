-- What happened within some days, for the pack of a meeting; what was taken back since does not count.

-- name: count_happened(from_us, until_us)^
select
  (select count(*) from endorsements where sent_at >= :from_us and sent_at < :until_us
    and withdrawn_at is null) as reasons,
  (select count(*) from unit_answers where at >= :from_us and at < :until_us) as answers,
  (select count(distinct exemplar_id) from honours where at >= :from_us and at < :until_us
    and removed_at is null) as honoured,
  (select count(*) from adoptions where pledged_at >= :from_us and pledged_at < :until_us
    and state <> 'dropped') as pledged,
  (select count(*) from adoptions where ended_at >= :from_us and ended_at < :until_us
    and state = 'done') as results,
  (select count(*) from lessons where at >= :from_us and at < :until_us and withdrawn_at is null) as lessons,
  (select count(*) from suggestions where at >= :from_us and at < :until_us) as suggestions;

-- name: list_honoured(from_us, until_us)
select h.exemplar_id as id from honours h where h.at >= :from_us and h.at < :until_us and h.removed_at is null
group by h.exemplar_id order by min(h.at), h.exemplar_id;

-- name: list_of(ids)
select id from exemplars where nomination_id in each_int(:ids) order by id;
