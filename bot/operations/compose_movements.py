"""How a movement reads, and what reminds the secretariat of its reviews."""

from collections.abc import Sequence
from datetime import date

from bot.domain.movements import LEVELS, Review
from bot.domain.nominations import Movement, MovementKind
from bot.domain.roles import Role
from bot.domain.writing import abridge
from bot.messages import Body, Button, Call, body
from bot.operations.keep_movements import REVIEW, is_review_due
from bot.operations.notice_case import Case, Make
from bot.texts import N_, Html, Texts, join_html
from storage import movements

FLOW = "mo"
_NOTE_SHOWN = 100
_REVIEWS_SHOWN = 12
KINDS = {
    MovementKind.MOVEMENT: N_("movement.kind_movement"),
    MovementKind.CAMPAIGN: N_("movement.kind_campaign"),
}
"""What each kind is called."""
LEVEL_WORDS = dict(
    zip(
        LEVELS,
        (N_("movement.level_state"), N_("movement.level_province"), N_("movement.level_office")),
        strict=True,
    )
)
"""What each level is called."""


def movement_text(movement: Movement, reviews: Sequence[Review], n: int | None, texts: Texts) -> Html:
    """The movement with its days and reviews, and how many nominations name it."""
    level = movement.level
    about = [texts.plain(KINDS[movement.kind])]
    if level:
        about.append(texts.plain(LEVEL_WORDS[level]) if level in LEVEL_WORDS else level)
    lines = [texts.say("movement.title", name=movement.name, about=" · ".join(about))]
    days = _days(movement, texts)
    if days:
        lines.append(days)
    if movement.ended_on:
        lines.append(texts.say("movement.ended", day=texts.day(movement.ended_on)))
    lines += [_review_line(review, texts) for review in reviews[-_REVIEWS_SHOWN:]]
    if n is not None:
        lines.append(texts.count("movement.named", n))
    return join_html(lines)


def _days(movement: Movement, texts: Texts) -> Html | None:
    first = texts.day(movement.from_on) if movement.from_on else ""
    last = texts.day(movement.to_on) if movement.to_on else ""
    if first and last:
        return texts.say("movement.from_to", first=first, last=last)
    if first:
        return texts.say("movement.from", first=first)
    return texts.say("movement.to", last=last) if last else None


def _review_line(review: Review, texts: Texts) -> Html:
    day = texts.day(review.review_on)
    if review.done_at is None:
        return texts.say("movement.review_coming", day=day)
    if not review.note:
        return texts.say("movement.review_done", day=day)
    return texts.say("movement.review_noted", day=day, note=abridge(review.note, _NOTE_SHOWN))


def reviewed_button(movement: Movement, day: date, texts: Texts) -> Button:
    """[Đã sơ kết] of a day."""
    label = texts.plain("button.reviewed", day=texts.day(day))
    return Button(label, str(Call(FLOW, movement.id, 0, "review", day.isoformat())))


def lesson_button(movement: Movement, texts: Texts) -> Button:
    """The way to write down what was learnt."""
    return Button(texts.plain("button.add_lesson"), str(Call("le", movement.id, 0, "movement")))


async def _review(case: Case) -> Body | None:
    day = date.fromisoformat(case.values["day"])
    movement = await movements.find_movement(case.session, case.values["movement_id"])
    if movement is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    if not await is_review_due(case.session, movement.id, day, case.today):
        return None
    values = {"name": movement.name, "day": case.texts.weekday(day)}
    if case.today < day:
        text = case.texts.say("movement.review_ahead", **values)
    else:
        text = case.texts.say("movement.review_now", **values)
    return body(
        text,
        [[reviewed_button(movement, day, case.texts)], [lesson_button(movement, case.texts)]],
    )


KINDS_OF_NOTICES: dict[str, Make] = {REVIEW: _review}
"""What makes each kind of notice."""
