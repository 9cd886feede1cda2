"""Who may change what will be published, and until when; a consent never outlives a change."""

from dataclasses import replace

import pytest

from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.people import Person
from bot.operations.answer_consent import answer_consent
from bot.operations.ask_consent import ask_consent
from bot.operations.prepare_exemplar import keep_card, set_photo, set_representative, set_text
from bot.operations.take_down import take_down
from storage import exemplars, people
from storage.database import Session
from tests.exemplars import a_picture, agreed, honoured, taken_over
from tests.office import Office


async def who(session: Session, code: str) -> Person:
    """Somebody by code."""
    found = await people.find_by_code(session, code)
    assert found is not None
    return found


async def test_only_the_secretariat_prepares(office: Office):
    """A head, an employee, a leader and the nominee change nothing."""
    exemplar = await taken_over(office)
    async with office.database.transaction() as session:
        for code in ("minh", "duc", "lan2", "chanh"):
            me, now = await who(session, code), office.clock()
            with pytest.raises(NotAllowed):
                await set_text(session, me, exemplar, "Lời khác.", office.config, now)
            with pytest.raises(NotAllowed):
                await set_photo(session, me, exemplar, "photo", office.config, now)
            with pytest.raises(NotAllowed):
                await set_representative(session, me, exemplar, me, office.config, now)
            with pytest.raises(NotAllowed):
                await ask_consent(session, me, exemplar, office.config, now)


@pytest.mark.parametrize("change", ["text", "photo", "representative"])
async def test_no_consent_outlives_a_change(office: Office, change: str):
    """Words, photo or who is asked: what was agreed to before holds no more."""
    exemplar = await agreed(office, "duc", name="Tổ số hóa hồ sơ")
    assert exemplar.may_be_published
    async with office.database.transaction() as session:
        me, now = await who(session, "hung"), office.clock()
        if change == "text":
            changed = await set_text(session, me, exemplar, "Lời khác.", office.config, now)
        elif change == "photo":
            changed = await set_photo(session, me, exemplar, "photo", office.config, now)
        else:
            other = await who(session, "tuan")
            changed = await set_representative(session, me, exemplar, other, office.config, now)
    assert (changed.consent, changed.may_be_published) == (Consent.NONE, False)


@pytest.mark.parametrize("state", ["honoured", "declined", "removed", "changed"])
async def test_what_is_out_or_declined_is_not_changed(office: Office, state: str):
    """Published or declined, it stays as it was seen; so does a row that somebody else has changed."""
    exemplar = await (honoured(office) if state in {"honoured", "removed"} else taken_over(office))
    async with office.database.transaction() as session:
        me, now = await who(session, "hung"), office.clock()
        if state == "declined":
            assert exemplar.representative_id
            exemplar = await answer_consent(
                session, exemplar, Consent.DECLINED, exemplar.representative_id, now
            )
        elif state == "removed":
            exemplar = await take_down(session, exemplar, me.id, now)
        elif state == "changed":
            exemplar = replace(exemplar, version=exemplar.version - 1)
        with pytest.raises(Gone):
            await set_text(session, me, exemplar, "Lời khác.", office.config, now)
        with pytest.raises(Gone):
            await set_photo(session, me, exemplar, "photo", office.config, now)


async def test_a_group_needs_somebody_before_it_is_asked(office: Office):
    """Nobody named, nobody asked; and nobody speaks for a person."""
    group = await _unrepresented(office)
    person = await taken_over(office, "lan2")
    async with office.database.transaction() as session:
        me, now, tuan = await who(session, "hung"), office.clock(), await who(session, "tuan")
        drawn = await keep_card(session, group, a_picture(office))
        assert drawn is not None
        with pytest.raises(Refused) as refused:
            await ask_consent(session, me, drawn, office.config, now)
        assert refused.value.message_id == "consent.not_in_chat"
        with pytest.raises(Refused):
            await set_representative(session, me, person, tuan, office.config, now)
        gone = await who(session, "cu")
        with pytest.raises(Refused):
            await set_representative(session, me, drawn, gone, office.config, now)
        named = await set_representative(session, me, drawn, tuan, office.config, now)
        asked = await ask_consent(session, me, named, office.config, now)
        with pytest.raises(Gone):
            await ask_consent(session, me, asked, office.config, now)
    assert (asked.consent, asked.representative_id) == (Consent.ASKED, tuan.id)


async def test_nothing_is_asked_without_its_picture(office: Office):
    """Who is asked sees what will be published."""
    exemplar = await taken_over(office)
    async with office.database.transaction() as session:
        with pytest.raises(Refused) as refused:
            await ask_consent(session, await who(session, "hung"), exemplar, office.config, office.clock())
    assert refused.value.message_id == "exemplar.no_card"


async def test_a_picture_of_words_since_changed_is_not_kept(office: Office):
    """It was being drawn while the clerk changed the words."""
    exemplar = await taken_over(office)
    async with office.database.transaction() as session:
        me = await who(session, "hung")
        await set_text(session, me, exemplar, "Lời khác.", office.config, office.clock())
        assert await keep_card(session, exemplar, a_picture(office)) is None
        now_is = await exemplars.find_exemplar(session, exemplar.id)
    assert now_is is not None
    assert now_is.card is None


async def test_taking_down_twice_is_once(office: Office):
    """The second finds it done; a row read before a change is refused."""
    exemplar = await honoured(office)
    async with office.database.transaction() as session:
        removed = await take_down(session, exemplar, None, office.clock())
        assert removed.state is ExemplarState.REMOVED
        assert await take_down(session, removed, None, office.clock()) == removed
        with pytest.raises(Gone):
            await take_down(session, exemplar, None, office.clock())


async def _unrepresented(office: Office) -> Exemplar:
    group = await taken_over(office, "duc", name="Tổ số hóa hồ sơ")
    async with office.database.transaction() as session:
        saved = await exemplars.save_exemplar(session, replace(group, representative_id=None))
    assert saved is not None
    return saved
