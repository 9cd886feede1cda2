"""What fostering shows: the plan on one card, a step, and its questions."""

from bot.domain.errors import Gone, NotAllowed
from bot.domain.exemplars import Exemplar
from bot.domain.fostering import Ahead, Fostering, Step
from bot.domain.people import Person
from bot.messages import Button, Call, in_rows
from bot.operations.compose_fostering import FOSTER as FLOW
from bot.operations.find_exemplars import may_care, sights_of
from bot.texts import N_, Html, join_html, visible_length
from handlers.turn import Turn
from storage import exemplars, fosterings, people

_TEXT_MOST = 3800
_AHEAD = {
    Ahead.TWO_WEEKS: N_("button.two_weeks"),
    Ahead.ONE_MONTH: N_("button.one_month"),
    Ahead.THREE_MONTHS: N_("button.three_months"),
}


async def the_exemplar(turn: Turn, exemplar_id: int) -> Exemplar:
    """The exemplar. Raises Gone, the same for one that is not there."""
    exemplar = await exemplars.find_exemplar(turn.session, exemplar_id)
    if exemplar is None or exemplar.erased or not exemplar.nominee.name:
        raise Gone("exemplars.not_open")
    return exemplar


def arranges(turn: Turn, exemplar: Exemplar) -> bool:
    """Whether the person names mentors, aims and outcomes."""
    return may_care(turn.person, exemplar, turn.today)


async def show_card(turn: Turn, exemplar: Exemplar, fostering: Fostering, said: Html | None = None) -> None:
    """The plan: who guides to what aim, the steps, the outcome; with what this person may do about it.

    Raises NotAllowed for who has no part in it.
    """
    me = turn.person
    manager, mentor = arranges(turn, exemplar), fostering.mentor_id == me.id
    own = me.id in {exemplar.representative_id, exemplar.nominee.person_id}
    if not (manager or mentor or own):
        raise NotAllowed("foster.not_yours")
    lines = await _lines(turn, exemplar, fostering)
    rows: list[list[Button]] = []
    if fostering.is_open and (manager or mentor):
        rows += in_rows([_step_button(turn, *one) for one in enumerate(fostering.standing, 1)], 3)
        rows.append([button(turn.plain("button.add_step"), exemplar.id, "add")])
    if fostering.is_open and manager:
        version = fostering.version
        rows.append(
            [
                button(turn.plain("button.other_mentor"), exemplar.id, "mentor", version=version),
                button(turn.plain("button.other_aim"), exemplar.id, "aim", version=version),
            ]
        )
        rows.append([button(turn.plain("button.end_fostering"), exemplar.id, "end", version=version)])
    if sights_of(me, exemplar, turn.today):
        rows.append([Button(turn.plain("button.to_card_of"), str(Call("g", exemplar.id, 0, "card")))])
    text = join_html(lines)
    turn.show(join_html([said, text], "\n\n") if said else text, rows)


async def _lines(turn: Turn, exemplar: Exemplar, fostering: Fostering) -> list[Html]:
    mentor = await people.get_person(turn.session, fostering.mentor_id)
    lines = [
        turn.say("foster.title", name=exemplar.nominee.name, unit=exemplar.unit_name),
        _mentor_line(turn, mentor),
        turn.say("foster.aim", aim=fostering.aim),
        Html(""),
    ]
    steps = [_step_line(turn, nth, step) for nth, step in enumerate(fostering.standing, 1)]
    while steps and visible_length(join_html([*lines, *steps])) > _TEXT_MOST:
        steps.pop(0)  # what was done long ago
    lines += steps or [turn.say("foster.no_steps")]
    if not fostering.is_open:
        lines += [Html(""), turn.say("foster.ended", outcome=fostering.outcome)]
    return lines


def _mentor_line(turn: Turn, mentor: Person) -> Html:
    name = mentor.full_name or turn.plain("person.erased")
    if mentor.left or mentor.erased:
        return turn.say("foster.mentor_has_left", mentor=name)
    return turn.say("foster.mentor" if mentor.is_reached else "foster.mentor_outside", mentor=name)


def _step_line(turn: Turn, nth: int, step: Step) -> Html:
    values = {"nth": str(nth), "day": turn.texts.day(step.due_on), "step": step.text}
    if step.done_at is not None:
        day = turn.texts.day(turn.config.office.day_of(step.done_at))
        values = {"nth": str(nth), "day": day, "step": step.text}
        if not step.result:
            return turn.say("foster.line_done", **values)
        return turn.say("foster.line_result", result=step.result, **values)
    return turn.say("foster.line_late" if step.is_late(turn.today) else "foster.line_open", **values)


def _step_button(turn: Turn, nth: int, step: Step) -> Button:
    done = "✓ " if step.done_at is not None else ""
    return button(f"{done}{turn.plain('foster.step_nth', nth=nth)}", step.id, "step")


async def show_step(turn: Turn, exemplar: Exemplar, step: Step) -> None:
    """One step, and what may be done about it."""
    lines = [
        turn.say("foster.title", name=exemplar.nominee.name, unit=exemplar.unit_name),
        turn.say("foster.step_line", day=turn.texts.day(step.due_on), step=step.text),
    ]
    if step.result:
        lines.append(turn.say("foster.step_result", result=step.result))
    rows = []
    if step.is_open:
        rows = [
            [button(turn.plain("button.step_done"), step.id, "done")],
            [
                button(turn.plain("button.step_move"), step.id, "move"),
                button(turn.plain("button.step_drop"), step.id, "drop"),
            ],
        ]
    elif step.done_at is not None:
        rows = [[button(turn.plain("button.step_result"), step.id, "result")]]
    turn.show(join_html(lines, "\n\n"), [*rows, [back(turn, exemplar.id)]])


def day_rows(turn: Turn, exemplar_id: int) -> list[list[Button]]:
    """How far off; another day is typed."""
    calendar = turn.config.timetable.calendar
    return [
        *(
            [
                button(
                    turn.plain(name, day=turn.texts.day(ahead.day_from(turn.today, calendar))),
                    exemplar_id,
                    "in",
                    ahead.value,
                )
            ]
            for ahead, name in _AHEAD.items()
        ),
        [back(turn, exemplar_id)],
    ]


def button(label: str, row: int, act: str, arg: str = "", *, version: int = 0) -> Button:
    """A button of the conversation; `row` is the exemplar's number, or for acts on a step the step's."""
    return Button(label, str(Call(FLOW, row, version, act, arg)))


def back(turn: Turn, exemplar_id: int) -> Button:
    """The way back to the plan, or to the exemplar where there is none yet."""
    return button(turn.plain("button.back"), exemplar_id, "card")


async def the_fostering(turn: Turn, exemplar: Exemplar) -> Fostering:
    """How the exemplar is fostered. Raises Gone where it is not."""
    found = await fosterings.find_of(turn.session, exemplar.id)
    if found is None:
        raise Gone("stale")
    return found
