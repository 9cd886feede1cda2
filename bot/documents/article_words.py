"""What an article says, in the language in which the office publishes, and who agreed to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.documents.article import ArticleText, Story
from bot.domain.articles import Article, ArticleState
from bot.domain.exemplars import Consent, Exemplar, ExemplarId
from bot.domain.nominations import NomineeKind
from bot.domain.periods import last_day, read_period
from bot.operations.articles import Opened
from bot.operations.exemplar_words import kind_name, published_in, who
from bot.texts import KINDS, N_, Texts
from storage import exemplars, papers, people
from storage.database import Session

_STATES = {
    ArticleState.DRAFT: N_("article.is_draft"),
    ArticleState.APPROVED: N_("article.is_approved"),
    ArticleState.PUBLISHED: N_("article.is_published"),
    ArticleState.WITHDRAWN: N_("article.is_withdrawn"),
}


@dataclass(frozen=True)
class Agreed:
    """Who agreed to what is said of an exemplar: when, to which version; the day of the sheet of paper."""

    exemplar: Exemplar
    name: str
    at: datetime
    text_version: int
    paper_on: date | None = None


def title_of(article: Article, told: tuple[Exemplar, ...], texts: Texts) -> str:
    """What it is called."""
    if len(told) == 1:
        exemplar = told[0]
        name = exemplar.nominee.name
        unit = "" if name == exemplar.unit_name else f", {exemplar.unit_name}"
        return texts.plain("article.title_one", kind=texts.plain(KINDS[exemplar.kind]), name=name, unit=unit)
    return texts.plain("article.title_many", period=texts.period(article.period))


def article_text(
    opened: Opened, config: Config, now: datetime, pictures: Mapping[ExemplarId, str] | None = None
) -> ArticleText:
    """The article. `pictures` are files beside it, by exemplar."""
    texts, article, beside = published_in(config), opened.article, pictures or {}
    period = read_period(article.period)
    today = config.office.day_of(now)
    day = min(today, last_day(period)) if period else today
    agency = config.records.agency_on(day)
    n = len(opened.told)
    plan = config.records.plan_on(day)
    lead = texts.plain(
        N_("article.lead_planned") if plan else N_("article.lead"),
        plan=plan.number if plan else "",
        agency=agency.short_name,
        period=texts.period(article.period),
        n=texts.number(n) if n != 1 else texts.plain("article.one"),
    )
    draft = texts.plain("article.draft") if article.state is ArticleState.DRAFT else ""
    return ArticleText(
        title_of(article, opened.told, texts),
        lead,
        tuple(_story(one, texts, beside.get(one.id, "")) for one in opened.told),
        agency.name,
        draft,
    )


def _story(exemplar: Exemplar, texts: Texts, picture: str) -> Story:
    nominee = exemplar.nominee
    unit = "" if nominee.name == exemplar.unit_name else exemplar.unit_name
    facts = [", ".join(part for part in (nominee.post, unit) if part)]
    kind = texts.plain("article.kind", kind=kind_name(exemplar, texts), period=texts.period(exemplar.period))
    return Story(
        nominee.name,
        " - ".join(part for part in (*facts, kind) if part),
        tuple(line.strip() for line in exemplar.text.split("\n") if line.strip()),
        picture,
        who(exemplar) if picture else "",
    )


async def list_agreed(session: Session, opened: Opened, texts: Texts) -> list[Agreed]:
    """Who agreed to each exemplar that is told of, in order."""
    found = []
    for exemplar in opened.told:
        notes = await exemplars.list_consents(session, exemplar.id)
        for note in reversed(notes):
            if note.answer is Consent.AGREED and note.text_version == exemplar.text_version:
                break
        else:
            continue
        person = await people.get_person(session, note.person_id) if note.person_id else None
        name = (person.full_name if person else "") or texts.plain("person.erased")
        paper = await papers.find_paper(session, note.paper_id) if note.paper_id else None
        on = paper.sheet.dated_on if paper else None
        found.append(Agreed(exemplar, name, note.at, note.text_version, on))
    return found


def agreed_by(agreed: Agreed, texts: Texts) -> str:
    """Whose consent it is, and who gave it where somebody spoke for a group or a way of working."""
    nominee = agreed.exemplar.nominee
    if nominee.kind is NomineeKind.PERSON:
        return nominee.name
    return texts.plain("article.agreed_for", name=nominee.name, person=agreed.name)


def agreed_line(agreed: Agreed, texts: Texts, zone: ZoneInfo) -> str:
    """When and how somebody agreed, in a line."""
    values = {
        "day": texts.day(agreed.at.astimezone(zone).date()),
        "version": texts.number(agreed.text_version),
    }
    if agreed.paper_on is not None:
        return texts.plain("article.agreed_on_paper", **{**values, "day": texts.day(agreed.paper_on)})
    return texts.plain("article.agreed_in_chat", **values)


def consents_text(
    opened: Opened, agreed: Sequence[Agreed], missing: Collection[ExemplarId], config: Config, now: datetime
) -> str:
    """The file beside the article: who agreed, when, to which version; and how far the article is."""
    texts, article, zone = published_in(config), opened.article, config.office.timezone
    lines = [
        texts.plain("article.consents_title", number=article.id),
        title_of(article, opened.told, texts),
        state_line(article, texts, zone),
        texts.plain("article.packed_at", at=texts.moment(now)),
    ]
    for number, one in enumerate(agreed, 1):
        said = f"{agreed_by(one, texts)}: {agreed_line(one, texts, zone)}."
        lines += ["", f"{number}. {who(one.exemplar)}", f"   {said}"]
        if one.exemplar.id in missing:
            lines.append(f"   {texts.plain('article.no_picture')}")
    return "\n".join([*lines, "", texts.plain("article.consents_end"), ""])


def state_line(article: Article, texts: Texts, zone: ZoneInfo) -> str:
    """How far an article is, since when."""
    day = texts.day((article.approved_at or article.changed_at).astimezone(zone).date())
    if article.state is ArticleState.PUBLISHED and article.published_on is not None:
        day = texts.day(article.published_on)
    return texts.plain(_STATES[article.state], day=day)
