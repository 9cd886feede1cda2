"""An article for the portal: of which exemplars it tells, how far it is, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from urllib.parse import urlsplit

from bot.domain.errors import Refused
from bot.domain.exemplars import Consent, Exemplar, ExemplarId, ExemplarState
from bot.domain.paper import read_day
from bot.domain.people import PersonId
from bot.domain.writing import abridge, clean

ArticleId = NewType("ArticleId", int)
URL_MAX = 500
_SHOWN = 80
TOLD_MAX = 20
"""Of how many exemplars one article tells at most."""


class ArticleState(StrEnum):
    """How far an article is; what is withdrawn was thrown away, or has been taken off the portal."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Told:
    """An exemplar an article tells of, in the version of its words that was agreed to."""

    exemplar_id: ExemplarId
    text_version: int


@dataclass(frozen=True)
class Article:
    """An article. Its words are the exemplars', in the order of `told`; it has a `url` while published."""

    id: ArticleId
    period: str
    state: ArticleState
    version: int
    made_by: PersonId
    made_at: datetime
    changed_at: datetime
    told: tuple[Told, ...] = ()
    url: str = ""
    published_on: date | None = None
    approved_by: PersonId | None = None
    approved_at: datetime | None = None


class Loss(StrEnum):
    """Why an exemplar may not stand in an article any more."""

    ERASED = "erased"
    DECLINED = "declined"
    REMOVED = "removed"
    CHANGED = "changed"


def may_be_told(exemplar: Exemplar) -> bool:
    """Whether an article may tell of it: agreed to as it is, not taken down, not erased."""
    named = exemplar.may_be_published and bool(exemplar.nominee.name)
    return named and exemplar.state is not ExemplarState.REMOVED


def loss_of(exemplar: Exemplar | None, told: Told) -> Loss | None:
    """Why an article may not tell of it as it does; None where it may."""
    if exemplar is None or exemplar.erased or not exemplar.nominee.name:
        return Loss.ERASED
    if exemplar.consent is Consent.DECLINED:
        return Loss.DECLINED
    if exemplar.state is ExemplarState.REMOVED:
        return Loss.REMOVED
    return None if may_be_told(exemplar) and exemplar.text_version == told.text_version else Loss.CHANGED


def losses(article: Article, known: Mapping[ExemplarId, Exemplar]) -> dict[ExemplarId, Loss]:
    """Which of its exemplars an article may not tell of (any more), and why."""
    found = {one.exemplar_id: loss_of(known.get(one.exemplar_id), one) for one in article.told}
    return {number: loss for number, loss in found.items() if loss is not None}


def read_url(typed: str) -> str:
    """The address of a page, as it was typed. Raises Refused where it is none."""
    url = typed.strip()
    try:
        parts = urlsplit(url)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        raise Refused("article.bad_url", typed=abridge(url, _SHOWN)) from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise Refused("article.no_scheme", typed=abridge(url, _SHOWN))
    whole = url.isprintable() and not any(char.isspace() or char in '<>"\\^`{|}' for char in url)
    named = parts.hostname is not None and _is_host(parts.hostname) and "@" not in parts.netloc
    if not (whole and named and port_is_one) or len(url) > URL_MAX:
        raise Refused("article.bad_url", typed=abridge(url, _SHOWN))
    return url


def read_published(typed: str, today: date) -> tuple[str, date]:
    """The address, and behind it perhaps the day: “https://… 20/11/2026”. Raises Refused."""
    url, _, day = clean(typed, multiline=False).partition(" ")
    return read_url(url), read_published_on(day, today) if day else today


def read_published_on(typed: str, today: date) -> date:
    """The day on which it appeared: hôm nay, 20/11/2026, 20/11. Raises Refused."""
    day = read_day(typed, today)
    if day is None:
        raise Refused("article.bad_day", typed=abridge(typed, _SHOWN), today=f"{today:%d/%m/%Y}")
    check_published_on(day, today)
    return day


def check_published_on(day: date, today: date) -> None:
    """Raises Refused for a day to come."""
    if day > today:
        raise Refused("article.day_ahead", day=f"{day:%d/%m/%Y}")


def _is_host(name: str) -> bool:
    labels = name.split(".")
    return len(labels) > 1 and all(
        label and not label.startswith("-") and label.replace("-", "").isalnum() for label in labels
    )
