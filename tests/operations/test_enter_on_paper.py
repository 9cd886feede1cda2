"""What is entered from paper: rights, days and signers are looked at again, whoever let it in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Choice, Criterion
from bot.domain.nominations import Attachment, Draft, NominationId
from bot.domain.paper import Sheet, month_on_paper, read_day
from bot.domain.people import Person
from bot.domain.periods import Period, month_of
from bot.operations.enter_on_paper import (
    enter_answer,
    enter_consent,
    enter_nomination,
    list_answerable,
)
from bot.operations.import_nominations import load_known
from storage import people
from storage.database import Session
from tests.exemplars import taken_over
from tests.office import Office

STORY = "Ba tháng qua đã hướng dẫn hơn 200 lượt người dân nộp hồ sơ trực tuyến, giảm nửa thời gian chờ."
TODAY = date(2026, 11, 18)
PHOTO = Attachment("photo", "file", "unique")
SHEET = Sheet(TODAY, PHOTO)


async def person(session: Session, code: str) -> Person:
    found = await people.find_by_code(session, code)
    assert found is not None
    return found


async def draft_about(session: Session, code: str) -> Draft:
    nominee = await person(session, code)
    return Draft(nominee_id=nominee.id, nominee_name=nominee.full_name, unit_id=nominee.unit_id, story=STORY)


def month(office: Office) -> Period:
    return month_of(office.clock(), office.config.office.timezone)


@pytest.mark.parametrize("clerk", ["lan", "minh", "chanh", "tuan"])
async def test_only_the_secretariat_enters_anything(office, clerk):
    """Employee, head, leader, and the very person in whose name it would be: none of them."""
    exemplar = await taken_over(office)
    config, now = office.config, office.clock()
    async with office.database.transaction() as session:
        me, tuan, minh = [await person(session, code) for code in (clerk, "tuan", "minh")]
        draft = await draft_about(session, "duc")
        with pytest.raises(NotAllowed):
            await enter_nomination(session, me, tuan, draft, SHEET, config, now)
        with pytest.raises(NotAllowed):
            await enter_answer(
                session, me, minh, minh.unit_id, month(office), [], "", SHEET, config, now, version=0
            )
        lan2 = await person(session, "lan2")
        with pytest.raises(NotAllowed):
            await enter_consent(session, me, exemplar, lan2, SHEET, config, now, agreed=True, text_version=1)


@pytest.mark.parametrize("days", [1, -400])
async def test_a_sheet_of_an_impossible_day_is_refused(office, days):
    """Of a day to come, or of more than a year ago."""
    sheet = Sheet(TODAY + timedelta(days=days), PHOTO)
    async with office.database.transaction() as session:
        hung, tuan = [await person(session, code) for code in ("hung", "tuan")]
        draft = await draft_about(session, "duc")
        with pytest.raises(Refused, match=r"paper\.day"):
            await enter_nomination(session, hung, tuan, draft, sheet, office.config, office.clock())


async def test_who_left_and_oneself_nominate_nobody(office):
    """Also where the file or the conversation missed it."""
    async with office.database.transaction() as session:
        hung, tuan, cu = [await person(session, code) for code in ("hung", "tuan", "cu")]
        now, config = office.clock(), office.config
        for nominator, nominee, why in (
            (cu, "duc", "not_here"),
            (tuan, "tuan", "self"),
            (tuan, "cu", "left"),
        ):
            draft = await draft_about(session, nominee)
            with pytest.raises(Refused, match=why):
                await enter_nomination(session, hung, nominator, draft, SHEET, config, now)


async def test_an_answer_needs_who_heads_the_unit(office):
    """The head of another unit, or a nominee who is not there, is refused; the version is looked at."""
    now, config = office.clock(), office.config
    async with office.database.transaction() as session:
        hung, minh, hoa = [await person(session, code) for code in ("hung", "minh", "hoa")]
        answer = (session, hung)
        of = (minh.unit_id, month(office))
        with pytest.raises(NotAllowed):
            await enter_answer(*answer, hoa, *of, [], "", SHEET, config, now, version=0)
        nobody = Choice(NominationId(99), "Lý do", frozenset(Criterion))
        with pytest.raises(Refused, match=r"choose\.no_longer"):
            await enter_answer(*answer, minh, *of, [nobody], "", SHEET, config, now, version=0)
        with pytest.raises(Gone):
            await enter_answer(*answer, minh, *of, [], "", SHEET, config, now, version=3)
        kept = await enter_answer(*answer, minh, *of, [], "Không có.", SHEET, config, now, version=0)
        assert month(office) in await list_answerable(session, minh.unit_id, config, TODAY)
    assert (kept.version, kept.reason) == (1, "Không có.")


async def test_a_closed_month_is_changed_by_no_paper(office):
    """After the close neither a sheet of that month nor of today answers for it."""
    closed = Period(date(2026, 9, 1), 1)
    async with office.database.transaction() as session:
        hung, minh = [await person(session, code) for code in ("hung", "minh")]
        with pytest.raises(Refused, match=r"choose\.closed"):
            await enter_answer(
                session,
                hung,
                minh,
                minh.unit_id,
                closed,
                [],
                "",
                Sheet(date(2026, 9, 25)),
                office.config,
                office.clock(),
                version=0,
            )
        assert closed not in await list_answerable(session, minh.unit_id, office.config, TODAY)


async def test_a_consent_needs_its_photo_its_signer_and_its_words(office):
    """A person speaks for themselves alone; the sheet holds for the words it was given for."""
    exemplar = await taken_over(office)
    async with office.database.transaction() as session:
        hung, lan2, lan = [await person(session, code) for code in ("hung", "lan2", "lan")]
        tries = (
            (lan2, Sheet(TODAY), 1, Refused, "file_needed"),
            (lan, SHEET, 1, Refused, "not_the_nominee"),
            (lan2, SHEET, 2, Gone, "text_changed"),
            (replace(lan2, left=True), SHEET, 1, Refused, "not_here"),
        )
        for signer, sheet, version, kind, why in tries:
            with pytest.raises(kind, match=why):
                await enter_consent(
                    session,
                    hung,
                    exemplar,
                    signer,
                    sheet,
                    office.config,
                    office.clock(),
                    agreed=True,
                    text_version=version,
                )


async def test_what_a_file_is_compared_with_knows_what_was_entered(office):
    """By period and by the day of the sheet, withdrawn or not."""
    async with office.database.transaction() as session:
        hung, tuan = [await person(session, code) for code in ("hung", "tuan")]
        draft = await draft_about(session, "duc")
        await enter_nomination(session, hung, tuan, draft, SHEET, office.config, office.clock())
        known = await load_known(session, office.config, office.clock())
    key = f"p:{draft.nominee_id}"
    assert {(tuan.id, key, "2026-11"), (tuan.id, key, "2026-11-18")} <= known.entered


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("hôm nay", TODAY),
        ("HOM QUA", date(2026, 11, 17)),
        ("2/11/2026", date(2026, 11, 2)),
        ("ngày 02-11-2026", date(2026, 11, 2)),
        ("2026-11-02", date(2026, 11, 2)),
        ("2/11", date(2026, 11, 2)),
        ("25.12", date(2025, 12, 25)),
        ("29/2", None),
        ("31/02/2026", None),
        ("", None),
        ("mai", None),
        ("1/1/0001", None),
    ],
)
def test_days_are_read_as_they_are_written(typed, day):
    """With and without the year, without accents, in the ways people write them; nothing is guessed."""
    assert read_day(typed, TODAY) == day


def test_the_month_of_a_sheet():
    """Its own while open and unanswered; else where one sent today belongs."""
    november, october = Period(date(2026, 11, 1), 1), Period(date(2026, 10, 1), 1)
    day = date(2026, 10, 28)
    none: frozenset[str] = frozenset()
    assert month_on_paper(day, november, none, lambda _: False) == october
    assert month_on_paper(day, november, none, lambda _: True) == november
    assert month_on_paper(day, november, frozenset({"2026-10"}), lambda _: False) == november
    both = frozenset({"2026-10", "2026-11"})
    assert month_on_paper(day, november, both, lambda _: False) == november.next
