"""Báo cáo thành tích: one exemplar's dossier, made of what the office knows; the rest is filled in by hand.

Of a person nothing is asked or told but name, post and unit: dotted lines stand for birth, home and the like.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.config import Config
from bot.documents.document_frame import frame_of
from bot.domain.copying import Adoption, AdoptionState
from bot.domain.documents import DocumentAsk, DocumentKind, name_period, short_day
from bot.domain.exemplars import Exemplar, Place
from bot.domain.nominations import Kind, NomineeKind, Reason
from bot.domain.periods import read_period
from bot.domain.writing import capital
from bot.operations.exemplar_words import kind_name, published_in
from bot.operations.file_documents import find_told
from storage import adoptions, choices, nominations, people, process, published, units
from storage.database import Session

_WAYS = (Kind.NEW_MODEL, Kind.GOOD_WAY)
"""Kinds that are called by themselves: nobody says “gương mô hình mới”."""
_PLACES = {
    Place.UNIT: "tại đơn vị",
    Place.OFFICE: "trên kênh thông tin của cơ quan",
    Place.EVERYONE: "trước toàn thể cơ quan",
}


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """What stands in the dossier of an exemplar. Raises Gone for one of which nothing may be told."""
    exemplar = await find_told(session, ask.exemplar_id or 0)
    today, month = config.office.day_of(now), read_period(exemplar.period)
    day = DocumentAsk(month).day(today)
    names = await units.name_units(session, day)
    nominee = exemplar.nominee
    unit = names.get(nominee.unit_id, exemplar.unit_name)
    reasons = await _list_reasons(session, exemplar)
    kind = kind_name(exemplar, published_in(config))
    frame = frame_of(DocumentKind.ACHIEVEMENTS, day, config.records, period=month, today=today)
    return {
        **frame,
        "parent": frame["agency_name"],
        "agency": unit,
        "is_person": nominee.kind is NomineeKind.PERSON,
        "is_group": nominee.kind is NomineeKind.GROUP,
        "name": nominee.name,
        "post": nominee.post,
        "unit": unit,
        "speaker": await _speaker(session, exemplar),
        "exemplar_kind": kind,
        "commended": kind if exemplar.kind in _WAYS else f"gương {kind}",
        "movement": f"“{exemplar.movement_name}”" if exemplar.movement_name else "",
        "field": exemplar.field,
        "deed": _paragraphs([exemplar.text]),
        "results": _paragraphs(reason.result for reason in reasons),
        "spread": _paragraphs(reason.spread for reason in reasons),
        "lessons": _paragraphs(reason.lesson for reason in reasons),
        "copied_by": await _copied_by(session, exemplar),
        "why_chosen": await _why_chosen(session, exemplar),
        "honours": await _honours(session, exemplar, config),
    }


async def _list_reasons(session: Session, exemplar: Exemplar) -> list[Reason]:
    unit_id, month = exemplar.nominee.unit_id, exemplar.period
    rows = await nominations.list_for_unit(session, unit_id, month, month)
    return [row.endorsement.reason for row in rows if row.endorsement.nomination_id == exemplar.nomination_id]


async def _speaker(session: Session, exemplar: Exemplar) -> str:
    """Who speaks for a group or a way of working."""
    if exemplar.nominee.kind is NomineeKind.PERSON or exemplar.representative_id is None:
        return ""
    person = await people.get_person(session, exemplar.representative_id)
    return "" if person.erased else ", ".join(part for part in (person.full_name, person.post) if part)


async def _copied_by(session: Session, exemplar: Exemplar) -> list[str]:
    found = await adoptions.list_adoptions(session, exemplar.id)
    return [_copy(one) for one in found if one.state is not AdoptionState.DROPPED]


def _copy(one: Adoption) -> str:
    return f"{one.name}: {_sentence(one.result)}" if one.result else f"{one.name}: đang áp dụng."


async def _why_chosen(session: Session, exemplar: Exemplar) -> list[str]:
    """For which periods the unit has chosen it, with its head's reason."""
    found = await choices.list_of_nominee(session, exemplar.nominee.key)
    return [
        f"{capital(_named(one.period))}: {_sentence(one.reason)}"
        for one in reversed(found)
        if one.nomination_id == exemplar.nomination_id
    ]


async def _honours(session: Session, exemplar: Exemplar, config: Config) -> list[str]:
    """Where it has been commended, and for what else the nominee was chosen: no decisions of law."""
    found = [
        f"Được biểu dương {_PLACES[one.place]} ngày {short_day(config.office.day_of(one.at))}."
        for one in await published.list_places(session, exemplar.id)
        if not one.removed
    ]
    withheld = await process.list_withheld(session)
    before = [
        f"Được đơn vị lựa chọn, biểu dương {_named(one.period)}."
        for one in await choices.list_of_nominee(session, exemplar.nominee.key)
        if one.exemplar_id not in (None, exemplar.id) and one.nomination_id not in withheld
    ]
    return [*reversed(before), *found]


def _named(period: str) -> str:
    known = read_period(period)
    return name_period(known) if known else period


def _paragraphs(told: Iterable[str]) -> list[str]:
    """Texts as paragraphs, each once, ended by a full stop."""
    lines = [line.strip() for text in told for line in text.splitlines()]
    return [_sentence(line) for line in dict.fromkeys(lines) if line]


def _sentence(text: str) -> str:
    line = capital(" ".join(text.split()))
    return line if line.endswith((".", "!", "?", "…", ".”")) else f"{line}."
