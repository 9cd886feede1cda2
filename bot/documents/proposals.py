"""Who is proposed for commendation in a period: what the list, the submission and the minutes say in common.

Of a quarter, half year or year that is the office's own list; where it has none, whom the units chose for the
period, and where they have not chosen for it yet, whom they chose for its months. Nobody is named who has not
agreed to be published, has asked for deletion or was taken down: they are counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.documents import figure
from bot.domain.exemplars import AnswerState, Exemplar, ExemplarState
from bot.domain.nominations import NominationId, NomineeKind
from bot.domain.people import UnitId
from bot.domain.periods import Period, periods_within
from bot.domain.writing import abridge, capital
from bot.operations.file_documents import is_erased, is_withheld, may_be_told
from storage import choices, office_lists, process, units
from storage.database import Session
from storage.office_lists import Candidate

DEED_MAX = 320
"""How long a summary of what was done is, at most."""
COMMEND = "Biểu dương"
"""What is proposed where nobody has said more."""
_PROPOSE = "Đề nghị "
_OTHERS = {NomineeKind.GROUP: "Tập thể", NomineeKind.MODEL: "Mô hình, cách làm"}
"""What stands in the place of a post."""


@dataclass(frozen=True)
class Proposal:
    """Somebody, a group or a way of working, under the names of the day; `deeds` are what it is about."""

    kind: NomineeKind
    name: str
    post: str
    unit: str
    deeds: tuple[str, ...]
    movements: tuple[str, ...] = ()
    form: str = COMMEND
    notes: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """The name, with the post of a person, or with what it is instead of one."""
        if self.kind in _OTHERS:
            return f"{self.name} ({self.post.lower()})"
        return f"{self.name}, {self.post}" if self.post else self.name


@dataclass(frozen=True)
class Proposals:
    """Everybody who is proposed, and how many more were chosen of whom nothing may be told, by why.

    `unchecked` are those in answers of units that the secretariat has not accepted yet.
    """

    rows: tuple[Proposal, ...]
    unchecked: int = 0
    withheld: int = 0
    erased: int = 0
    taken_down: int = 0

    @property
    def forms(self) -> list[tuple[str, int]]:
        """What is proposed, for how many."""
        return Counter(row.form for row in self.rows).most_common()

    @property
    def only_commended(self) -> bool:
        """Whether nothing else is proposed for anybody."""
        return all(row.form == COMMEND for row in self.rows)

    def count(self, kind: NomineeKind) -> int:
        """How many of a kind."""
        return sum(row.kind is kind for row in self.rows)


async def list_proposals(session: Session, period: Period, day: date) -> Proposals:
    """Who is proposed for a period, under the names that their units have on a day."""
    found, looked_at = await office_lists.list_candidates(session, str(period)), [period]
    by_office = period.months > 1 and any(one.listed for one in found)
    if by_office:
        found, looked_at = [one for one in found if one.chosen], []
    elif not found:
        found, looked_at = await _within(session, period), periods_within(period)
    withheld = await process.list_withheld(session)
    names = await units.name_units(session, day)
    shown = [one for one in found if may_be_told(one.exemplar, withheld)]
    return replace(
        _counted([one.exemplar for one in found], withheld),
        rows=tuple(_merged((one.exemplar.nominee.key, _proposal(one, names)) for one in shown)),
        unchecked=await _count_unchecked(session, looked_at),
    )


def as_rows(proposals: Proposals) -> list[dict[str, object]]:
    """The lines of a table: n, name, who, post, unit, deed, movement, form, note."""
    return [
        {
            "n": number,
            "name": row.name,
            "who": row.who,
            "post": row.post,
            "unit": row.unit,
            "deed": "\n".join(row.deeds),
            "movement": "; ".join(row.movements),
            "form": row.form,
            "note": "; ".join(row.notes),
        }
        for number, row in enumerate(proposals.rows, 1)
    ]


def remarks_on(proposals: Proposals) -> list[str]:
    """Who else was chosen, as sentences below a table: how many, and why they are not on it."""
    parts = [
        f"{figure(n)} trường hợp {why}"
        for n, why in (
            (proposals.withheld, "(không đồng ý công bố)"),
            (proposals.erased, "(đã xóa theo yêu cầu)"),
            (proposals.taken_down, "(đã thôi biểu dương)"),
        )
        if n
    ]
    found = [f"Không nêu tên trong danh sách: {'; '.join(parts)}."] if parts else []
    if proposals.unchecked:
        n = figure(proposals.unchecked)
        found.append(f"Chưa đưa vào danh sách: {n} gương mà kết quả bình chọn của đơn vị đang được rà soát.")
    return found


def gist(text: str, most: int = DEED_MAX) -> str:
    """The first sentences of a text, in at most `most` letters; of a long first one, its beginning."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    end = max(line.rfind(mark, 0, most) for mark in (". ", "! ", "; "))
    return f"{line[:end]}." if end > most // 3 else abridge(line, most)


async def _count_unchecked(session: Session, periods: Sequence[Period]) -> int:
    """How many are chosen in answers that the secretariat has not accepted yet."""
    answers = await choices.list_answers_of(session, [str(period) for period in periods])
    return sum(len(one.choices) for one in answers if one.state is not AnswerState.ACCEPTED)


async def _within(session: Session, period: Period) -> list[Candidate]:
    """Whom units chose for the periods inside a longer one, each once."""
    found: dict[int, Candidate] = {}
    for inner in periods_within(period):
        for one in await office_lists.list_candidates(session, str(inner)):
            found.setdefault(one.exemplar.id, one)
    return sorted(found.values(), key=lambda one: (one.exemplar.nominee.unit_id, one.exemplar.id))


def _counted(found: Iterable[Exemplar], withheld: frozenset[NominationId]) -> Proposals:
    """Those of whom nothing may be told, each by one reason."""
    n = {"erased": 0, "withheld": 0, "taken_down": 0}
    for one in found:
        if is_erased(one):
            n["erased"] += 1
        elif is_withheld(one, withheld):
            n["withheld"] += 1
        elif one.state is ExemplarState.REMOVED:
            n["taken_down"] += 1
    return Proposals((), erased=n["erased"], withheld=n["withheld"], taken_down=n["taken_down"])


def _proposal(one: Candidate, names: Mapping[UnitId, str]) -> Proposal:
    exemplar, nominee = one.exemplar, one.exemplar.nominee
    form = one.form.removeprefix(_PROPOSE) or COMMEND
    return Proposal(
        nominee.kind,
        nominee.name,
        nominee.post or _OTHERS.get(nominee.kind, ""),
        names.get(nominee.unit_id, exemplar.unit_name),
        (gist(exemplar.text),),
        (f"“{exemplar.movement_name}”",) if exemplar.movement_name else (),
        capital(form),
        (one.note,) if one.note else (),
    )


def _merged(found: Iterable[tuple[str, Proposal]]) -> Sequence[Proposal]:
    """Who was chosen in several months stands there once, with everything."""
    rows: dict[str, Proposal] = {}
    for key, row in found:
        before = rows.get(key)
        rows[key] = row if before is None else _joined(before, row)
    return list(rows.values())


def _joined(before: Proposal, row: Proposal) -> Proposal:
    def both(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*getattr(before, name), *getattr(row, name))))

    form = row.form if before.form == COMMEND else before.form
    return replace(before, deeds=both("deeds"), movements=both("movements"), notes=both("notes"), form=form)
