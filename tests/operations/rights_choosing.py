"""What may be tried, by its name in the table of rights: from a nomination to the honour."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.exemplars import Consent, Place
from bot.domain.nominations import Attachment, Draft, EndorsementId, Kind, NomineeKind
from bot.domain.paper import Sheet
from bot.domain.people import Person
from bot.operations.answer_consent import answer_consent
from bot.operations.answer_for_unit import answer_nobody, open_unit
from bot.operations.ask_consent import ask_consent
from bot.operations.check_answer import accept_answer, correct_reason, return_answer
from bot.operations.choose_exemplars import choose
from bot.operations.congratulate import congratulate
from bot.operations.enter_on_paper import enter_answer, enter_consent, enter_nomination
from bot.operations.honour import honour
from bot.operations.merge_nominations import merge, split
from bot.operations.move_nomination import move
from bot.operations.plan_reminders import remind_all
from bot.operations.prepare_exemplar import set_photo, set_representative, set_text
from bot.operations.send_nomination import (
    draft_of,
    send_nomination,
    undo_nomination,
    withdraw_nomination,
)
from bot.operations.take_down import take_back_honour
from storage import choices, nominations
from storage.database import Session
from tests.nominating import KEPT
from tests.operations.rights_office import CONFIG, MONTH, TODAY, Case, nomination

Act = Callable[[Session, Person, Case], Awaitable[Any]]
ACTS: dict[str, Act] = {}
WORDS = "Làm việc tận tâm, cả phòng làm theo."


def act(doing: Act) -> Act:
    """Put it into ACTS under its own name, with blanks."""
    ACTS[doing.__name__.strip("_").replace("_", " ")] = doing
    return doing


async def _version(session: Session, case: Case) -> int:
    found = await choices.find_answer(session, case.units["TH"], str(MONTH))
    return found.version if found else 0


# --- nominating and choosing ---


@act
async def take_back(session: Session, me: Person, case: Case) -> None:
    """A reason is taken back by whoever tries."""
    await withdraw_nomination(session, me, EndorsementId(case.ids["spare_reason"]), CONFIG, case.now)


@act
async def say_it_otherwise(session: Session, me: Person, case: Case) -> None:
    """A reason is changed by whoever tries."""
    sent = await nominations.get_endorsement(session, EndorsementId(case.ids["spare_reason"]))
    draft = replace(draft_of(sent, sent.id), story=f"{KEPT} Cả phòng đều biết.")
    await send_nomination(session, me, draft, CONFIG, case.now)


@act
async def undo(session: Session, me: Person, case: Case) -> None:
    """What was sent is taken back within the minute."""
    await undo_nomination(session, me, EndorsementId(case.ids["spare_reason"]), CONFIG, case.now)


@act
async def open_the_nominations(session: Session, me: Person, case: Case) -> None:
    """The unit's nominations of the month are looked at."""
    await open_unit(session, me, case.units["TH"], MONTH, CONFIG, case.now)


@act
async def remind_the_silent(session: Session, me: Person, case: Case) -> None:
    """Every unit that has not answered is asked again."""
    await remind_all(session, me, MONTH, case.now, CONFIG)


@act
async def choose_(session: Session, me: Person, case: Case) -> None:
    """The unit chooses."""
    version = await _version(session, case)
    picked = case.choice("group")
    await choose(session, me, case.units["TH"], MONTH, picked, CONFIG, case.now, version=version)


@act
async def choose_unseen(session: Session, me: Person, case: Case) -> None:
    """By a button of before the last change."""
    version = await _version(session, case) - 1
    picked = case.choice("group")
    await choose(session, me, case.units["TH"], MONTH, picked, CONFIG, case.now, version=version)


@act
async def say_nobody(session: Session, me: Person, case: Case) -> None:
    """The unit says that there is nobody."""
    version = await _version(session, case)
    await answer_nobody(session, me, case.units["TH"], MONTH, "", CONFIG, case.now, version=version)


@act
async def merge_(session: Session, me: Person, case: Case) -> None:
    """Two nominations of one deed are put together."""
    await merge(session, me, nomination(case, "twin"), nomination(case, "spare"), CONFIG, case.now)


@act
async def split_(session: Session, me: Person, case: Case) -> None:
    """A nomination that is not part of another is taken apart."""
    await split(session, me, nomination(case, "twin"), CONFIG, case.now)


@act
async def move_(session: Session, me: Person, case: Case) -> None:
    """A nomination is passed on to another unit."""
    await move(session, me, nomination(case, "spare"), case.units["NC"], CONFIG, case.now)


# --- the secretariat ---


@act
async def accept(session: Session, me: Person, case: Case) -> None:
    """The answer is taken over."""
    version = await _version(session, case)
    await accept_answer(session, me, case.units["TH"], MONTH, version, CONFIG, case.now)


@act
async def give_back(session: Session, me: Person, case: Case) -> None:
    """The answer is given back with a question."""
    version = await _version(session, case)
    await return_answer(session, me, case.units["TH"], MONTH, version, "Xin ghi rõ", CONFIG, case.now)


@act
async def correct(session: Session, me: Person, case: Case) -> None:
    """The words of a reason are mended."""
    version = await _version(session, case)
    number = nomination(case, "person")
    await correct_reason(session, me, case.units["TH"], MONTH, version, number, WORDS, CONFIG, case.now)


@act
async def enter_a_nomination(session: Session, me: Person, case: Case) -> None:
    """A nomination is entered from paper."""
    draft = Draft(
        NomineeKind.GROUP, None, "Tổ Lái xe", unit_id=case.units["NC"], story=KEPT, kind=Kind.GOOD_DEED
    )
    sheet = Sheet(case.today - timedelta(days=1))
    await enter_nomination(session, me, case.people["employee"], draft, sheet, CONFIG, case.now)


@act
async def enter_an_answer(session: Session, me: Person, case: Case) -> None:
    """A unit's answer is entered from paper, in its head's name."""
    sheet, version = Sheet(case.today - timedelta(days=1)), await _version(session, case)
    head, unit_id = case.people["head"], case.units["TH"]
    picked = case.choice("group")
    await enter_answer(
        session, me, head, unit_id, MONTH, picked, "", sheet, CONFIG, case.now, version=version
    )


async def _enter_for_past_head(session: Session, me: Person, case: Case, day: date) -> None:
    sheet, version = Sheet(day), await _version(session, case)
    head, unit_id, picked = case.people["past_head"], case.units["TH"], case.choice("group")
    config, now = CONFIG, case.now
    await enter_answer(session, me, head, unit_id, MONTH, picked, "", sheet, config, now, version=version)


@act
async def enter_for_a_past_head(session: Session, me: Person, case: Case) -> None:
    """The same from a sheet of a day on which somebody else headed the unit."""
    await _enter_for_past_head(session, me, case, TODAY - timedelta(days=1))


@act
async def enter_out_of_ones_days(session: Session, me: Person, case: Case) -> None:
    """The same from a sheet of a day on which that one headed it no more."""
    await _enter_for_past_head(session, me, case, TODAY)


@act
async def enter_a_consent(session: Session, me: Person, case: Case) -> None:
    """The nominee's consent is entered from paper."""
    exemplar = await case.exemplar(session, "person")
    sheet = Sheet(case.today, Attachment("photo", "a photo", "its number"))
    signer, version = case.people["nominee"], exemplar.text_version
    await enter_consent(
        session, me, exemplar, signer, sheet, CONFIG, case.now, agreed=True, text_version=version
    )


@act
async def enter_anothers_consent(session: Session, me: Person, case: Case) -> None:
    """Somebody else's is entered as the nominee's."""
    exemplar = await case.exemplar(session, "person")
    sheet = Sheet(case.today, Attachment("photo", "a photo", "its number"))
    signer, version = case.people["employee"], exemplar.text_version
    await enter_consent(
        session, me, exemplar, signer, sheet, CONFIG, case.now, agreed=True, text_version=version
    )


# --- the exemplar ---


@act
async def reword(session: Session, me: Person, case: Case) -> None:
    """What would be published is put in other words."""
    await set_text(session, me, await case.exemplar(session, "person"), WORDS, CONFIG, case.now)


@act
async def reword_unseen(session: Session, me: Person, case: Case) -> None:
    """By a button of before the last change."""
    exemplar = await case.exemplar(session, "person")
    await set_text(session, me, replace(exemplar, version=exemplar.version - 1), WORDS, CONFIG, case.now)


@act
async def put_a_photo(session: Session, me: Person, case: Case) -> None:
    """Another photo is put on the picture."""
    await set_photo(session, me, await case.exemplar(session, "person"), "a photo", CONFIG, case.now)


@act
async def name_a_speaker(session: Session, me: Person, case: Case) -> None:
    """Somebody else is asked for the group."""
    group, employee = await case.exemplar(session, "group"), case.people["employee"]
    await set_representative(session, me, group, employee, CONFIG, case.now)


@act
async def ask(session: Session, me: Person, case: Case) -> None:
    """The nominee is asked."""
    await ask_consent(session, me, await case.exemplar(session, "person"), CONFIG, case.now)


@act
async def agree(session: Session, me: Person, case: Case) -> None:
    """Whoever tries agrees for the person."""
    await answer_consent(session, await case.exemplar(session, "person"), Consent.AGREED, me.id, case.now)


@act
async def agree_for_the_group(session: Session, me: Person, case: Case) -> None:
    """Whoever tries agrees for the group."""
    await answer_consent(session, await case.exemplar(session, "group"), Consent.AGREED, me.id, case.now)


@act
async def decline(session: Session, me: Person, case: Case) -> None:
    """Whoever tries declines for the person, or takes the consent back."""
    await answer_consent(session, await case.exemplar(session, "person"), Consent.DECLINED, me.id, case.now)


@act
async def wish(session: Session, me: Person, case: Case) -> None:
    """Whoever tries asks for a change."""
    exemplar = await case.exemplar(session, "person")
    await answer_consent(session, exemplar, Consent.CHANGE, me.id, case.now, note="Xin bớt lời khen")


@act
async def honour_(session: Session, me: Person, case: Case) -> None:
    """It is honoured before everybody."""
    exemplar = await case.exemplar(session, "person")
    await honour(session, me, exemplar, {Place.EVERYONE}, CONFIG, case.now)


@act
async def take_it_down(session: Session, me: Person, case: Case) -> None:
    """The office's own decision."""
    exemplar = await case.exemplar(session, "person")
    await take_back_honour(session, me, exemplar, CONFIG, case.now)


@act
async def congratulate_(session: Session, me: Person, case: Case) -> None:
    """Somebody congratulates."""
    await congratulate(session, me, await case.exemplar(session, "person"), case.now)
