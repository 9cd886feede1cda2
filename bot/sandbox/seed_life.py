"""What became of the invented nominations, as office/life.toml tells it: from the choice to the copy."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.audience import Audience
from bot.domain.events import Event, EventKind, Reply
from bot.domain.exemplars import Choice, Consent, Criterion, Exemplar, Place
from bot.domain.lessons import LessonKind, NewLesson, period_at_hand
from bot.domain.nominations import NominationId, Nominee
from bot.domain.paper import Sheet, Subject
from bot.domain.people import Person
from bot.operations import adopt, foster
from bot.operations.answer_consent import answer_consent
from bot.operations.ask_consent import ask_consent
from bot.operations.check_answer import accept_answer
from bot.operations.choose_exemplars import choose, list_nominees
from bot.operations.congratulate import congratulate
from bot.operations.honour import honour
from bot.operations.lessons import add_lesson
from bot.operations.make_event import Wanted, hold_event, make_event
from bot.operations.prepare_exemplar import keep_card, set_representative
from bot.operations.reply_to_event import reply_to_event
from bot.operations.suggest import answer_suggestion, suggest
from bot.operations.tell_nominators import tell_chosen
from bot.sandbox.invented import Deed, Invented
from storage import adoptions, choices, events, exemplars, fosterings, papers
from storage.choices import find_answer
from storage.nominations import StandingRow

UNDRAWN = "-"
"""Stands for the picture until it is drawn: the history is told before there is a Telegram to keep it."""
_CHOSEN_ON, _ACCEPTED_ON, _ASKED_ON, _HONOURED_ON = 24, 26, 27, 28
_WAIT = timedelta(minutes=40)
_Told = Mapping[str, Any]
_Act = Callable[[datetime], Awaitable[None]]


def list_deeds(office: Invented, life: _Told) -> list[Deed]:
    """Everything that the file tells, each with its instant; what follows from something comes after it."""
    honours = {(told["month"], told["unit"], told["nominee"]): told for told in life["exemplars"]}
    deeds = [deed for told in life["chosen"] for deed in _chosen(office, told, honours)]
    for name, tell in _TELL.items():
        deeds += [deed for told in life[name] for deed in tell(office, told)]
    return deeds


# --- a unit's choice, and what its nominees say ---


def _chosen(office: Invented, told: _Told, honours: Mapping[Any, _Told]) -> Iterator[Deed]:
    unit_id, month = office.units[told["unit"]].id, office.month(told["month"])
    head, clerk = office.head(told["unit"]), office.clerk()

    async def answer(at: datetime) -> None:
        known = await list_nominees(office.session, unit_id, month)
        picked = [
            Choice(_among(office, known, one["nominee"]), one["reason"], frozenset(Criterion))
            for one in told["picks"]
        ]
        await choose(office.session, head, unit_id, month, picked, office.config, at)

    async def accept(at: datetime) -> None:
        await accept_answer(office.session, clerk, unit_id, month, 1, office.config, at)
        accepted = await find_answer(office.session, unit_id, str(month))
        assert accepted is not None  # noqa: S101 - it has just been accepted
        await tell_chosen(office.session, accepted, at)

    yield Deed(chosen_at := office.instant(told["month"], _CHOSEN_ON), answer)
    if told.get("waits"):
        return
    yield Deed(accepted_at := office.instant(told["month"], _ACCEPTED_ON, after=chosen_at), accept)
    for one in told["picks"]:
        about = honours.get((told["month"], told["unit"], one["nominee"]))
        if about:
            yield from _published(office, about, accepted_at)


def _published(office: Invented, told: _Told, after: datetime) -> Iterator[Deed]:
    """Asked, answered, honoured, congratulated."""
    clerk, config = office.clerk(), office.config
    said = Consent(told["said"])

    async def ask(at: datetime) -> None:
        exemplar = await _exemplar(office, told)
        if "representative" in told:
            speaker = office.people[told["representative"]]
            exemplar = await set_representative(office.session, clerk, exemplar, speaker, config, at)
        drawn = await keep_card(office.session, exemplar, UNDRAWN)
        if drawn is not None and not told.get("paper"):
            await ask_consent(office.session, clerk, drawn, config, at)

    async def answer(at: datetime) -> None:
        exemplar, paper = await _exemplar(office, told), None
        speaker = exemplar.representative_id
        assert speaker is not None  # noqa: S101 - the file names one
        if told.get("paper"):
            sheet = Sheet(config.office.day_of(at))
            paper = await papers.add_paper(
                office.session, Subject.CONSENT, exemplar.id, sheet, speaker, clerk.id, at
            )
        await answer_consent(
            office.session,
            exemplar,
            said,
            speaker,
            at,
            note=told.get("note", ""),
            entered_by=clerk.id if paper else None,
            paper_id=paper,
        )

    async def publish(at: datetime) -> None:
        places = [Place(place) for place in told["places"]]
        await honour(office.session, clerk, await _exemplar(office, told), places, config, at)

    yield Deed(at := office.instant(told["month"], _ASKED_ON, after=after), ask)
    if said is not Consent.ASKED:
        yield Deed(at := office.instant(told["month"], _HONOURED_ON, after=at), answer)
    if said is Consent.AGREED:
        yield Deed(at := at + _WAIT, publish)
    for n, code in enumerate(told.get("congratulated", ())):
        yield Deed(at + _WAIT * (n + 1), _congratulation(office, told, office.people[code]))


def _congratulation(office: Invented, told: _Told, me: Person) -> _Act:
    async def act(at: datetime) -> None:
        await congratulate(office.session, me, await _exemplar(office, told), at)

    return act


# --- fostering and copying ---


def _fostering(office: Invented, told: _Told) -> Iterator[Deed]:
    head, mentor = office.head(told["unit"]), office.people[told["mentor"]]
    began_at = office.instant(told["month"] + 1, 4)

    async def begin(at: datetime) -> None:
        exemplar, config = await _exemplar(office, told), office.config
        begun = await foster.begin(office.session, head, exemplar, mentor.id, told["aim"], config, at)
        for step in told["steps"]:
            due_on = office.day(step.get("in_days", -step.get("days_ago", 0)))
            await foster.add_step(office.session, head, begun.id, step["text"], due_on, config, at)

    async def finish(at: datetime) -> None:
        exemplar = await _exemplar(office, told)
        found = await fosterings.find_of(office.session, exemplar.id)
        assert found is not None  # noqa: S101 - it has begun
        result = told["steps"][0]["result"]
        step = min(found.steps, key=lambda one: one.id)
        await foster.finish_step(office.session, mentor, step.id, office.config, at)
        await foster.note_result(office.session, mentor, step.id, result, office.config, at)

    yield Deed(began_at, begin)
    yield Deed(office.told_at(told["steps"][0], after=began_at), finish)


def _adoption(office: Invented, told: _Told) -> Iterator[Deed]:
    head, unit_id = office.head(told["by"]), office.units[told["by"]].id
    pledged_at = office.told_at(told["pledged"])

    async def pledge(at: datetime) -> None:
        exemplar = await _exemplar(office, told)
        await adopt.pledge(office.session, head, exemplar, unit_id, told["plan"], office.config, at)

    async def end(at: datetime) -> None:
        exemplar = await _exemplar(office, told)
        found = await adoptions.find_of_unit(office.session, exemplar.id, unit_id)
        assert found is not None  # noqa: S101 - it was pledged
        await adopt.give_result(office.session, head, found.id, told["result"], office.config, at)

    yield Deed(pledged_at, pledge)
    if "result" in told:
        yield Deed(office.told_at(told["ended"], after=pledged_at), end)


# --- lessons, events, suggestions ---


def _lesson(office: Invented, told: _Told) -> Iterator[Deed]:
    async def write(at: datetime) -> None:
        config = office.config
        today = config.office.day_of(at)
        about = told.get("about")
        new = NewLesson(
            LessonKind(told["kind"]),
            told["text"],
            str(period_at_hand(config.timetable, today)),
            exemplar_id=(await _exemplar(office, about)).id if about else None,
            movement_id=office.movements[told["movement"]] if "movement" in told else None,
        )
        await add_lesson(office.session, office.people[told["by"]], new, config, at)

    yield Deed(office.told_at(told["at"]), write)


def _event(office: Invented, told: _Told) -> Iterator[Deed]:
    clerk, config, made = office.people[told["by"]], office.config, []
    zone = config.office.timezone
    if "held" in told:
        day = office.told_at(told["held"]).astimezone(zone).date()
        made_at = office.told_at(told["made"])
    else:
        day = office.day(told["in_days"])
        made_at = office.told_at({"days_ago": told["made_days_ago"]})
    starts_at = office.at_two(day)

    async def plan(at: datetime) -> None:
        speakers = [(await _exemplar(office, one)).id for one in told["speakers"]]
        wanted = Wanted(
            EventKind(told["kind"]),
            told["title"],
            office.units[told["host"]].id if "host" in told else None,
            Audience(units=tuple(told.get("guests", ()))),
            starts_at,
            told["place"],
            told.get("note", ""),
            tuple(speakers),
        )
        invited = await make_event(office.session, clerk, wanted, config, at)
        made.append(invited.event.id)

    async def found() -> Event:
        event = await events.find_event(office.session, made[0])
        assert event is not None  # noqa: S101 - it was made
        return event

    def reply(me: Person, answer: Reply) -> _Act:
        async def act(at: datetime) -> None:
            today = at.astimezone(zone).date()
            await reply_to_event(office.session, me, await found(), answer, today, at)

        return act

    async def hold(at: datetime) -> None:
        event = await found()
        await hold_event(office.session, clerk, event, told["attended"], told["outcome"], config, at)

    yield Deed(made_at, plan)
    said = [(code, Reply.YES) for code in told["yes"]] + [(code, Reply.NO) for code in told["no"]]
    for n, (code, answer) in enumerate(said, 1):
        yield Deed(made_at + _WAIT * n, reply(office.people[code], answer))
    if "held" in told:
        yield Deed(starts_at + timedelta(hours=19), hold)


def _suggestion(office: Invented, told: _Told) -> Iterator[Deed]:
    numbers: list[int] = []
    at = office.told_at(told.get("at", told))

    async def send(at: datetime) -> None:
        me, today = office.people[told["by"]], office.config.office.day_of(at)
        numbers.append(await suggest(office.session, me, told["text"], today, at))

    async def answer(at: datetime) -> None:
        today = office.config.office.day_of(at)
        await answer_suggestion(office.session, office.clerk(), numbers[0], told["answer"], today, at)

    yield Deed(at, send)
    if "answer" in told:
        yield Deed(at + timedelta(days=1), answer)


_TELL: dict[str, Callable[[Invented, _Told], Iterable[Deed]]] = {
    "fosterings": _fostering,
    "adoptions": _adoption,
    "lessons": _lesson,
    "events": _event,
    "suggestions": _suggestion,
}

# --- whom the file names ---


def _among(office: Invented, known: Iterable[list[StandingRow]], name: str) -> NominationId:
    """The nomination of somebody (their code) or of a group or way of working (its name)."""
    for rows in known:
        if _is(office, rows[0].endorsement.nominee, name):
            return rows[0].endorsement.nomination_id
    raise LookupError(name)


async def _exemplar(office: Invented, told: _Told) -> Exemplar:
    """The exemplar that a unit's choice of a month has become."""
    unit_id, month = office.units[told["unit"]].id, str(office.month(told["month"]))
    for number in await choices.list_chosen(office.session, unit_id, month):
        found = await exemplars.find_by_nomination(office.session, number)
        if found and _is(office, found.nominee, told["nominee"]):
            return found
    raise LookupError(told["nominee"])


def _is(office: Invented, nominee: Nominee, name: str) -> bool:
    person = office.people.get(name)
    return nominee.person_id == person.id if person else nominee.name == name
