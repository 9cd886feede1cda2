"""What the office's documents are made under, as of a day: the agency, its plan, who signs, who receives.

Everything holds from a day on: a document about March carries the names of March, whatever has changed since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

_HEAD_POST = "Chánh Văn phòng"
_ARCHIVE = "Lưu: VT."
IN_PLACE_OF = "KT."
"""What stands before the post of whom a deputy signs for."""


@dataclass(frozen=True)
class Dated:
    """Holds from `since` (None: ever since) up to `until`, or until the next of its sort begins."""

    since: date | None = None
    until: date | None = None

    def begins_by(self, day: date) -> bool:
        """Whether it has begun on that day."""
        return self.since is None or self.since <= day

    def is_over(self, day: date) -> bool:
        """Whether its last day lies before that day."""
        return self.until is not None and self.until < day


T = TypeVar("T", bound=Dated)


@dataclass(frozen=True)
class Agency(Dated):
    """The agency as documents name it: `symbol` stands in their numbers ("VP" in "…/BC-VP").

    `archive` is the line that ends the recipients, without the dash before it.
    """

    name: str = ""
    short_name: str = ""
    parent_name: str = ""
    place: str = ""
    symbol: str = ""
    archive: str = ""


@dataclass(frozen=True)
class Plan(Dated):
    """The plan of emulation work that documents cite.

    `bases` are what it was made upon, as they stand behind "Căn cứ", without a closing mark. `title` begins
    with a capital ("Tuyên truyền các phong trào…"), `signer` is who signed it.
    """

    number: str = ""
    dated_on: date = date.min
    title: str = ""
    bases: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer(Dated):
    """Who signs: a post, and who holds it ("": nobody). `in_place_of` is the post of which a deputy signs.

    `unit` is the code of the unit for which they sign; "" is the office.
    """

    post: str = ""
    name: str = ""
    in_place_of: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Recipients(Dated):
    """Who receives documents of a kind; "" is every kind that has no entry of its own."""

    kind: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Law(Dated):
    """Laws and decrees that a proposal cites, as they stand behind "Căn cứ", without closing marks."""

    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """What stands above the place to sign, `lines` in capitals, and the name below it, which may be ""."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Records:
    """All of it; `office` fills what an entry of `agencies` leaves out."""

    office: Agency
    agencies: tuple[Agency, ...] = ()
    plans: tuple[Plan, ...] = ()
    signers: tuple[Signer, ...] = ()
    recipients: tuple[Recipients, ...] = ()
    laws: tuple[Law, ...] = ()

    def agency_on(self, day: date) -> Agency:
        """The agency under its names of that day."""
        found, office = in_force(self.agencies, day) or Agency(), self.office
        name = found.name or office.name
        return Agency(
            found.since,
            found.until,
            name,
            found.short_name or name.replace("Ủy ban nhân dân", "UBND"),
            found.parent_name or office.parent_name,
            found.place or office.place,
            self._said_last("symbol", day) or office.symbol,
            self._said_last("archive", day) or office.archive or _ARCHIVE,
        )

    def _said_last(self, name: str, day: date) -> str:
        """What the entries begun by that day said last: of a line that [office] does not have."""
        begun = sorted((it for it in self.agencies if it.begins_by(day)), key=_begins, reverse=True)
        return next((str(said) for it in begun if (said := getattr(it, name))), "")

    def archive_on(self, day: date) -> str:
        """The line that ends the recipients: "Lưu: VT, HCTC."."""
        return self.agency_on(day).archive

    def plan_on(self, day: date) -> Plan | None:
        """The plan that holds on that day, if one does."""
        return in_force(self.plans, day)

    def laws_on(self, day: date) -> tuple[str, ...]:
        """The laws and decrees in force on that day that a proposal cites, in order."""
        found = in_force(self.laws, day)
        return found.texts if found else ()

    def head_on(self, day: date) -> Signer:
        """The head of the agency on that day; nobody is named where the post is vacant."""
        return self._signer("", day, deputy=False) or Signer(post=_HEAD_POST)

    def signature_on(self, day: date) -> Signature:
        """Who signs for the office on that day: a deputy in the head's place (KT.) or the head."""
        return self.signature_of("", day) or Signature((_HEAD_POST.upper(),))

    def signature_of(self, unit: str, day: date) -> Signature | None:
        """The same of a unit by its code, or of the office (""); None where nobody is written down."""
        deputy, head = self._signer(unit, day, deputy=True), self._signer(unit, day, deputy=False)
        if deputy and deputy.name:
            lines = (f"{IN_PLACE_OF} {deputy.in_place_of.upper()}", deputy.post.upper())
            return Signature(lines, deputy.name)
        return Signature((head.post.upper(),), head.name) if head else None

    def _signer(self, unit: str, day: date, *, deputy: bool) -> Signer | None:
        of_unit = (it for it in self.signers if it.unit == unit and bool(it.in_place_of) == deputy)
        return in_force(of_unit, day)

    def recipients_of(self, kind: str, day: date) -> tuple[str, ...]:
        """Who receives a document of that kind, in order, without dashes and closing marks.

        Those of the plan where no entry of the kind, or of every kind, holds.
        """
        for sort in (kind, ""):
            if found := in_force((it for it in self.recipients if it.kind == sort), day):
                return found.lines
        plan = self.plan_on(day)
        return plan.recipients if plan else ()

    def head_post_on(self, day: date) -> str:
        """Whom a document addresses: "Chánh Văn phòng UBND tỉnh Đồng Nai"."""
        post, agency = self.head_on(day).post.split(), self.agency_on(day).short_name.split()
        shared = max(n for n in range(len(post) + 1) if post[len(post) - n :] == agency[:n])
        return " ".join([*post, *agency[shared:]])


def in_force(entries: Iterable[T], day: date) -> T | None:
    """Of entries of one sort the one that holds on a day: the last that has begun, unless it is over."""
    begun = [entry for entry in entries if entry.begins_by(day)]
    last = max(begun, key=_begins, default=None)
    return None if last is None or last.is_over(day) else last


def _begins(entry: Dated) -> date:
    return entry.since or date.min
