"""A consent taken back at the instant in which an article about it is approved, changed or published."""

import pytest

from bot.domain.articles import ArticleState
from bot.domain.exemplars import Consent
from bot.domain.periods import read_period
from bot.operations.answer_consent import answer_consent
from bot.operations.articles import approve, look_at, make_article, publish, set_told
from bot.operations.follow_articles import TAKE_OFF, must_be_taken_off
from storage import articles
from tests.articles import URL
from tests.exemplars import agreed
from tests.operations.test_at_once import somebody, together


@pytest.mark.parametrize("declined_first", [True, False])
@pytest.mark.parametrize("act", ["approve", "set_told", "publish"])
async def test_nothing_slips_through(office, act, declined_first):
    """Whoever comes first: an article about them is not approved, or it has to go and the clerk is told."""
    database, config, now = office.database, office.config, office.clock()
    mine, other = await agreed(office), await agreed(office, "duc", nominator="minh")
    hung, lan2 = await somebody(database, "hung"), await somebody(database, "lan2")
    period = read_period(mine.period)
    assert period is not None
    async with database.transaction() as session:
        article = (await make_article(session, hung, period, [mine.id, other.id], config, now)).article
        if act == "publish":
            article = (await approve(session, hung, article, config, now)).article

    async def change(session):
        if act == "approve":
            return await approve(session, hung, article, config, now)
        if act == "set_told":
            return await set_told(session, hung, article, [other.id, mine.id], config, now)
        return await publish(session, hung, article, URL, now.date(), config, now)

    async def decline(session):
        return await answer_consent(session, mine, Consent.DECLINED, lan2.id, now)

    acts = (decline, change) if declined_first else (change, decline)
    ends = await together(database, *acts)
    assert ends[acts.index(decline)].consent is Consent.DECLINED
    async with database.reading() as session:
        kept = await articles.find_article(session, article.id)
        assert kept is not None
        if kept.state is ArticleState.PUBLISHED:
            assert await must_be_taken_off(session, kept)
            assert await session.fetch(f"select id from notices where kind = '{TAKE_OFF}'")  # noqa: S608 - ours
        else:
            assert kept.state is ArticleState.DRAFT
            assert (await look_at(session, kept)).lost == {}
            assert [one.exemplar_id for one in kept.told] == [other.id]
