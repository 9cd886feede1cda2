"""An office of sixty units with the longest names and stories there are, for what has to fit on its pages."""

from dataclasses import replace

from bot.domain.exemplars import Answer, AnswerState, Choice, Consent, Criterion, Exemplar
from bot.domain.nominations import Kind, Nominee, NomineeKind, Reason
from bot.domain.people import Person, UnitId
from bot.domain.summary import CHOSEN
from storage import choices, exemplars, nominations, people, units
from storage.database import Session
from storage.exemplars import NewExemplar
from tests.office import Office

LONG_UNIT = (
    "Phòng Quản lý dự án đầu tư xây dựng hạ tầng kỹ thuật đô thị và phát triển nông thôn khu vực {n:02}"
)
LONG_TEXT = (
    "Suốt ba tháng liền ở lại sau giờ làm hướng dẫn người dân nộp hồ sơ trực tuyến, soạn bộ hỏi đáp, kèm"
    " người mới, lập nhóm hỗ trợ từng xã, nhờ đó giảm hai phần ba thời gian chờ và không còn hồ sơ trễ hạn. "
)


async def sixty_units(office: Office, period: str, n: int = 56, chosen: int = 30) -> None:
    """`n` more units, each with a nominee of that month; the first `chosen` are chosen and have agreed."""
    async with office.database.transaction() as session:
        clerk, giver = [await people.find_by_code(session, code) for code in ("hung", "lan")]
        assert clerk is not None
        assert giver is not None
        known = [one.id for one in await nominations.list_movements(session)]
        for number in range(n):
            unit_id = await _unit(session, number)
            nominee = Nominee(
                NomineeKind.GROUP, f"Tổ công tác liên ngành số {number} " + "dài " * 18, unit_id
            )
            joined = await nominations.join_or_add(session, nominee, period, office.clock())
            kind = list(Kind)[number % len(Kind)]
            reason = Reason(LONG_TEXT, kind, known[number % len(known)])
            await nominations.add_endorsement(session, joined.id, giver.id, reason, office.clock())
            if number < chosen:
                await _choose(session, office, unit_id, joined.id, period, clerk)
                new = NewExemplar(joined.id, kind, period, LONG_TEXT * 4, representative_id=giver.id)
                await _agree(session, office, await exemplars.add_exemplar(session, new, office.clock()))


async def _unit(session: Session, number: int) -> UnitId:
    values: dict[str, object] = {
        "code": f"D{number:02}",
        "name": LONG_UNIT.format(n=number),
        "short_names": units.write_short_names([]),
        "parent_id": None,
        "from_on": None,
        "to_on": None,
    }
    return await units.add_unit(session, values)


async def _choose(
    session: Session, office: Office, unit_id: UnitId, nomination_id: int, period: str, clerk: Person
) -> None:
    choice = Choice(nomination_id, LONG_TEXT, frozenset(Criterion))  # type: ignore[arg-type]
    given = Answer(unit_id, period, CHOSEN, clerk.id, office.clock(), choices=(choice,))
    answer = await choices.put_answer(session, given)
    assert answer is not None
    await choices.check_answer(session, answer, AnswerState.ACCEPTED, "", clerk.id, office.clock())


async def _agree(session: Session, office: Office, exemplar: Exemplar) -> None:
    agreed = replace(
        exemplar, consent=Consent.AGREED, consent_version=exemplar.text_version, consent_at=office.clock()
    )
    assert await exemplars.save_exemplar(session, agreed)
