"""Articles for the portal as rows: of which exemplars each tells, how far it is, where it stands."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.clock import from_us, to_us
from bot.domain.articles import Article, ArticleId, ArticleState, Told
from bot.domain.exemplars import ExemplarId
from bot.domain.people import PersonId
from storage.database import Row, Session, each


async def add_article(
    session: Session, period: str, told: Sequence[Told], person_id: PersonId, now: datetime
) -> Article:
    """A new draft."""
    row = await session.one("articles.add", period=period, person_id=person_id, at=to_us(now))
    assert row is not None  # noqa: S101 - an insert always answers
    await _put(session, ArticleId(row["id"]), told)
    found = await find_article(session, row["id"])
    assert found is not None  # noqa: S101 - it is there
    return found


async def find_article(session: Session, article_id: int) -> Article | None:
    """The article of that number."""
    row = await session.one("articles.get", id=article_id)
    return (await _read(session, [row]))[0] if row else None


async def list_in_state(
    session: Session, state: ArticleState, *, most: int, skip: int = 0
) -> tuple[list[Article], int]:
    """A page of them, what was changed last first, and how many there are (0 behind the last)."""
    rows = await session.all("articles.list_in_state", state=state.value, most=most, skip=skip)
    return await _read(session, rows), int(rows[0]["n"]) if rows else 0


async def count_states(session: Session) -> dict[ArticleState, int]:
    """How many there are in each state."""
    rows = await session.all("articles.count_states")
    return {ArticleState(row["state"]): int(row["n"]) for row in rows}


async def list_telling(session: Session, exemplar_id: int) -> list[Article]:
    """Those that tell of an exemplar and are not withdrawn."""
    return await _read(session, await session.all("articles.list_telling", exemplar_id=exemplar_id))


async def save_article(session: Session, article: Article, now: datetime) -> Article | None:
    """Give the row these values if it still is of `article`'s version; answers it with the next one."""
    row = await session.one(
        "articles.save",
        id=article.id,
        version=article.version,
        state=article.state.value,
        url=article.url,
        published_on=article.published_on.isoformat() if article.published_on else None,
        approved_by=article.approved_by,
        approved_at=to_us(article.approved_at) if article.approved_at else None,
        at=to_us(now),
    )
    if row is None:
        return None
    await session.run("articles.drop_told", article_id=article.id)
    await _put(session, article.id, article.told)
    return replace(article, version=row["version"], changed_at=now)


async def list_tellable(session: Session) -> list[tuple[ExemplarId, str]]:
    """The exemplars an article may tell of, each with its month, the latest month first."""
    return [(ExemplarId(row["id"]), row["period"]) for row in await session.all("articles.list_tellable")]


async def _put(session: Session, article_id: ArticleId, told: Sequence[Told]) -> None:
    rows = [[one.exemplar_id, place, one.text_version] for place, one in enumerate(told, 1)]
    await session.run("articles.put_told", article_id=article_id, told=json.dumps(rows))


async def _read(session: Session, rows: Sequence[Row]) -> list[Article]:
    told: dict[int, list[Told]] = defaultdict(list)
    for one in await session.all("articles.list_told", ids=each([row["id"] for row in rows])):
        told[one["article_id"]].append(Told(ExemplarId(one["exemplar_id"]), one["text_version"]))
    return [_article(row, tuple(told[row["id"]])) for row in rows]


def _article(row: Row, told: tuple[Told, ...]) -> Article:
    return Article(
        ArticleId(row["id"]),
        row["period"],
        ArticleState(row["state"]),
        row["version"],
        PersonId(row["made_by"]),
        from_us(row["made_at"]),
        from_us(row["changed_at"]),
        told,
        row["url"],
        date.fromisoformat(row["published_on"]) if row["published_on"] else None,
        PersonId(row["approved_by"]) if row["approved_by"] is not None else None,
        from_us(row["approved_at"]) if row["approved_at"] is not None else None,
    )
