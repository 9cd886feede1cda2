"""What the conversation of nominating shows: its questions, its card, its receipt."""

from collections.abc import Sequence

from bot.domain.names import fold
from bot.domain.nominations import ADDED_FIELDS, Draft, Kind, Movement, NomineeKind
from bot.domain.people import Person, Unit
from bot.domain.writing import Problem, abridge, plain_html
from bot.messages import Button, Call, in_rows
from bot.operations.send_nomination import Receipt
from bot.texts import KINDS, N_, Html, Texts, join_html
from storage.conversations import StoredDraft

FIELDS = {
    "result": N_("field.result"),
    "spread": N_("field.spread"),
    "lesson": N_("field.lesson"),
    "field": N_("field.field"),
    "deed_period": N_("field.deed_period"),
}
ASKED = {
    "result": N_("ask.result"),
    "spread": N_("ask.spread"),
    "lesson": N_("ask.lesson"),
    "field": N_("ask.field"),
    "deed_period": N_("ask.deed_period"),
}
PEOPLE_A_PAGE = 6
UNITS_A_PAGE = 8
_STORY_ON_CARD = 1600
_ADDED_ON_CARD = 300


class Buttons:
    """Makes the buttons of one version of a draft."""

    def __init__(self, texts: Texts, draft: StoredDraft) -> None:
        self._texts, self._draft = texts, draft

    def act(self, act: str, message_id: str, arg: object = "", **values: object) -> Button:
        """A button with a text of the catalog."""
        return self.named(act, self._texts.plain(message_id, **values), arg)

    def named(self, act: str, label: str, arg: object = "") -> Button:
        """A button with a name of the office's on it."""
        call = Call(self._draft.flow, self._draft.id, self._draft.version, act, str(arg))
        return Button(abridge(label, 60), str(call))

    def people(self, found: Sequence[Person], *, unit_names: bool) -> list[list[Button]]:
        """A row for each person; with the unit's name where they may be of different units."""
        return [
            [
                self.named(
                    "who", f"{person.label} · {person.unit_name}" if unit_names else person.label, person.id
                )
            ]
            for person in found
        ]

    def forms(self) -> list[Button]:
        """For those who nominate no single person."""
        return [self.act("form", "button.group", "group"), self.act("form", "button.model", "model")]

    def units(self, units: Sequence[Unit], page: int) -> list[list[Button]]:
        """A page of units, one to a row, with the way to the others."""
        shown = units[page * UNITS_A_PAGE : (page + 1) * UNITS_A_PAGE]
        rows = [[self.named("unit", unit.name, unit.id)] for unit in shown]
        return [*rows, self.pages("units", page, len(units), UNITS_A_PAGE)]

    def pages(self, act: str, page: int, total: int, each: int) -> list[Button]:
        """The way to the pages before and after."""
        row = [self.act(act, "button.before", page - 1)] if page > 0 else []
        return [*row, self.act(act, "button.after", page + 1)] if (page + 1) * each < total else row

    def way_back(self, *, back: bool = True) -> list[Button]:
        """The last row of every question."""
        row = [self.act("back", "button.back")] if back else []
        return [*row, self.act("cancel", "button.cancel")]


def choice_lines(found: Sequence[Person]) -> Html:
    """The people to choose from in full: a phone cuts long labels of buttons."""
    lines = [", ".join(filter(None, (person.full_name, person.post, person.unit_name))) for person in found]
    return join_html([Html(f"• {plain_html(line)}") for line in lines])


def problem_lines(texts: Texts, problems: Sequence[Problem]) -> Html:
    """All that is wrong with a text, a line each."""
    return join_html([Html(f"• {texts.say(problem.id, **problem.values)}") for problem in problems])


def nominee_line(texts: Texts, draft: Draft) -> Html:
    """Whom a draft is about."""
    if not draft.nominee_name:
        return texts.say("card.nobody")
    if draft.nominee_kind is NomineeKind.PERSON:
        post = f", {draft.nominee_post}" if draft.nominee_post else ""
        return texts.say("card.person", name=draft.nominee_name, post=post, unit=draft.unit_name)
    message_id = "card.group" if draft.nominee_kind is NomineeKind.GROUP else "card.model"
    unit = _unit_behind(draft.nominee_name, draft.unit_name)
    return texts.say(message_id, name=draft.nominee_name, unit=unit)


def _unit_behind(name: str, unit: str) -> str:
    """ ", Phòng Nội chính" behind a name, unless the whole unit is meant."""
    return f", {unit}" if unit and unit != name else ""


def card(texts: Texts, draft: Draft) -> Html:
    """Everything a draft says, as it will be sent."""
    lines = [
        texts.say("card.editing") if draft.editing else texts.say("card.title"),
        Html(""),
        nominee_line(texts, draft),
        texts.say("card.kind", kind=texts.plain(KINDS[draft.kind])),
        texts.say("card.movement", movement=draft.movement_name or texts.plain("card.no_movement")),
        Html(""),
        texts.say("card.story", story=_at_most(draft.story, _STORY_ON_CARD)),
    ]
    for name in ADDED_FIELDS:
        value = getattr(draft, name)
        if value:
            label = texts.plain(FIELDS[name])
            lines.append(texts.say("card.field", label=label, value=_at_most(value, _ADDED_ON_CARD)))
    if draft.evidence:
        lines.append(texts.count("card.evidence", len(draft.evidence)))
    if draft.hide_name:
        lines.append(texts.say("card.hidden"))
    return join_html(lines)


def _at_most(text: str, most: int) -> str:
    return text if len(text) <= most else abridge(text, most)


def receipt(texts: Texts, got: Receipt) -> Html:
    """What a nominator reads after sending."""
    sent = got.endorsement
    values = {
        "code": sent.code,
        "name": sent.nominee.name,
        "unit": _unit_behind(sent.nominee.name, sent.unit_name),
        "period": period_name(texts, sent.period),
    }
    if got.changed:
        lines = [texts.say("receipt.changed", **values)]
    elif got.added:
        lines = [texts.say("receipt.added", **values)]
    else:
        lines = [texts.say("receipt.sent", **values)]
    if got.moved:
        lines.append(texts.say("receipt.moved", **values))
    if got.others:
        lines.append(texts.say("receipt.others"))
    return join_html([*lines, texts.say("receipt.thanks")], "\n\n")


def period_name(texts: Texts, period: str) -> str:
    """A period as it is read aloud: tháng 11/2026."""
    return texts.period(period)


def kind_named(texts: Texts, typed: str) -> Kind | None:
    """The kind that was typed instead of tapped."""
    wanted = fold(typed)
    return next((kind for kind, known in KINDS.items() if fold(texts.plain(known)) == wanted), None)


def kind_rows(texts: Texts, buttons: Buttons) -> list[list[Button]]:
    """The five kinds, the usual one first."""
    return [
        [buttons.named("kind", texts.plain(message_id), kind.value)] for kind, message_id in KINDS.items()
    ]


def movement_rows(buttons: Buttons, movements: Sequence[Movement]) -> list[list[Button]]:
    """No movement first, then those in force."""
    rows = [[buttons.act("movement", "button.no_movement", 0)]]
    return [*rows, *([buttons.named("movement", movement.name, movement.id)] for movement in movements)]


def edit_rows(texts: Texts, buttons: Buttons, draft: Draft, *, may_hide: bool) -> list[list[Button]]:
    """Every field of the card that can be changed."""
    fields = [
        buttons.act("edit", "edit.nominee", "nominee"),
        buttons.act("edit", "edit.story", "story"),
        buttons.act("edit", "edit.kind", "kind"),
        buttons.act("edit", "edit.movement", "movement"),
        *(buttons.named("edit", texts.plain(FIELDS[name]), name) for name in ADDED_FIELDS),
        buttons.act("edit", "edit.evidence", "evidence"),
    ]
    if may_hide:
        fields.append(buttons.act("hide", "edit.show_name" if draft.hide_name else "edit.hide_name"))
    return [*in_rows(fields, 2), [buttons.act("card", "button.to_card")]]
