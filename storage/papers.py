"""What came on paper, as rows: whose sheet it is, of which day, who entered it and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import from_us, to_us
from bot.domain.nominations import Attachment
from bot.domain.paper import Sheet, Subject
from bot.domain.people import PersonId, UnitId
from storage.database import Row, Session, each


@dataclass(frozen=True)
class Paper:
    """A sheet that was entered; names are those of the people now, "" where they are erased."""

    id: int
    subject: Subject
    subject_id: int
    period: str
    person_id: PersonId | None
    entered_by: PersonId
    sheet: Sheet
    at: datetime
    person_name: str = ""
    clerk_name: str = ""


@dataclass(frozen=True)
class Nominated:
    """Who nominated whom in which period; `dated_on` is the day of the sheet, where there is one."""

    nominator_id: PersonId
    nominee_key: str
    period: str
    dated_on: date | None


async def add_paper(
    session: Session,
    subject: Subject,
    subject_id: int,
    sheet: Sheet,
    person_id: PersonId,
    entered_by: PersonId,
    now: datetime,
    *,
    period: str = "",
) -> int:
    """Keep a sheet that was entered in `person_id`'s name; answers its number."""
    file = sheet.file
    row = await session.one(
        "papers.add",
        subject=subject.value,
        subject_id=subject_id,
        period=period,
        person_id=person_id,
        entered_by=entered_by,
        dated_on=sheet.dated_on.isoformat(),
        file_id=file.file_id if file else None,
        file_kind=file.kind if file else "",
        file_name=file.name if file else "",
        at=to_us(now),
    )
    assert row is not None  # noqa: S101 - an insert always answers
    return int(row["id"])


async def find_paper(session: Session, paper_id: int) -> Paper | None:
    """The sheet of that number."""
    row = await session.one("papers.find", id=paper_id)
    return _paper(row) if row else None


async def list_papers(session: Session, subject: Subject, subject_id: int, period: str = "") -> list[Paper]:
    """The sheets behind a reason, a unit's answer for a period, or an exemplar's consent, the first first."""
    rows = await session.all("papers.list_of", subject=subject.value, subject_id=subject_id, period=period)
    return [_paper(row) for row in rows]


async def is_entered(session: Session, nominator_id: PersonId, nominee_key: str, dated_on: date) -> bool:
    """Whether the nominator's sheet of that day for that nominee has been entered already."""
    row = await session.one(
        "papers.find_entered",
        nominator_id=nominator_id,
        nominee_key=nominee_key,
        dated_on=dated_on.isoformat(),
    )
    return row is not None


async def list_nominated(session: Session, since: str) -> list[Nominated]:
    """Every reason for nominations of the months from `since` on, withdrawn ones too."""
    rows = await session.all("papers.list_nominated", since=since)
    return [
        Nominated(PersonId(row["nominator_id"]), row["nominee_key"], row["period"], _day(row["dated_on"]))
        for row in rows
    ]


async def list_answered(session: Session, since: str) -> list[tuple[UnitId, str]]:
    """Which unit has answered for which period, from the month `since` on."""
    rows = await session.all("papers.list_answered", since=since)
    return [(UnitId(row["unit_id"]), row["period"]) for row in rows]


async def list_names(session: Session, nomination_ids: Sequence[int]) -> dict[int, str]:
    """What the nominees of some nominations are called, by number; "" where the name was erased."""
    rows = await session.all("papers.list_names", ids=each(sorted(nomination_ids)))
    return {row["id"]: row["nominee_name"] for row in rows}


def _paper(row: Row) -> Paper:
    file = Attachment(row["file_kind"], row["file_id"], "", row["file_name"]) if row["file_id"] else None
    person_id = row["person_id"]
    return Paper(
        row["id"],
        Subject(row["subject"]),
        row["subject_id"],
        row["period"],
        PersonId(person_id) if person_id is not None else None,
        PersonId(row["entered_by"]),
        Sheet(date.fromisoformat(row["dated_on"]), file),
        from_us(row["at"]),
        row["person_name"],
        row["clerk_name"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
