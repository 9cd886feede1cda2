-- name: list_withheld()
-- Nominations of which nothing is told: consent was declined or withdrawn; with those merged into them.
with recursive withheld (id) as (
  select x.nomination_id from exemplars x where x.consent = 'declined'
  union
  select n.id from nominations n join withheld w on n.merged_into = w.id
)
select id from withheld order by id;

-- name: let_notices_be_sent(at)!
-- Of a history that nobody has lived through: what it would have sent is behind it, but for open questions.
update notices set state = 'sent', changed_at = :at where state = 'pending' and kind <> 'consent_ask';

-- name: let_posts_be_sent()!
update posts set state = 'done' where kind = 'honour' and state = 'approved';

-- name: let_followups_be_past(at)!
update followups set done_at = due_at where done_at is null and due_at <= :at;

-- name: let_cards_be_drawn(card)!
update exemplars set card = null, card_version = 0 where card = :card;

-- name: set_card(id, card)!
-- The row's version stays: what was asked about it before is still what it asks.
update exemplars set card = :card, card_version = text_version where id = :id;
