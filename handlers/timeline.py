"""[Hành trình]: the life of an exemplar, dated, as far as who asks may read it."""

from collections.abc import Callable

from bot.domain.exemplars import Exemplar, Place
from bot.domain.timeline import Entry, Event
from bot.messages import Call
from bot.operations.find_exemplars import sights_with_guide
from bot.operations.timeline import list_life
from bot.texts import N_, Html, Texts
from handlers.exemplar_page import FLOW, to_card
from handlers.pages import in_pages, known_page, page_buttons
from handlers.turn import Turn

_PLAIN = {
    Event.ACCEPTED: N_("timeline.accepted"),
    Event.ASKED: N_("timeline.asked"),
    Event.CHANGE: N_("timeline.change"),
    Event.AGREED: N_("timeline.agreed"),
    Event.DECLINED: N_("timeline.declined"),
    Event.REMOVED: N_("timeline.removed"),
}
_PLACES = {
    Place.UNIT: N_("timeline.honoured_unit"),
    Place.OFFICE: N_("timeline.honoured_office"),
    Place.EVERYONE: N_("timeline.honoured_everyone"),
}


async def show_life(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    """A page of it; the earliest first."""
    sights = await sights_with_guide(turn.session, turn.person, exemplar, turn.today)
    entries = await list_life(turn.session, exemplar, sights, turn.now)
    title = turn.say("timeline.title", name=exemplar.nominee.name, unit=exemplar.unit_name)
    lines = [
        turn.say("timeline.line", day=turn.texts.day(turn.config.office.day_of(entry.at)), what=told)
        for entry in entries
        for told in [words_of(entry, turn)]
    ]
    pages = in_pages([title, Html(""), *lines])
    page = known_page(call.number, len(pages))
    rows = [
        page_buttons(
            turn.texts, page, len(pages), lambda to: str(Call(FLOW, exemplar.id, 0, "life", str(to)))
        ),
        [to_card(turn, exemplar.id)],
    ]
    turn.show(pages[page], rows, flow=FLOW)


def words_of(entry: Entry, turn: Turn) -> Html:
    """What happened, in a line."""
    if entry.event in _PLAIN:
        return turn.say(_PLAIN[entry.event])
    return _TOLD[entry.event](entry, turn.texts)


def _nominated(entry: Entry, texts: Texts) -> Html:
    return texts.count("timeline.nominated", entry.n)


def _chosen(entry: Entry, texts: Texts) -> Html:
    period = texts.period(entry.values["period"])
    return texts.say("timeline.chosen", unit=entry.values["unit"], period=period)


def _on_list(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.on_list", period=texts.period(entry.values["period"]))


def _honoured(entry: Entry, texts: Texts) -> Html:
    return texts.say(_PLACES[Place(entry.values["place"])])


def _on_portal(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.on_portal", url=entry.values["url"])


def _congratulated(entry: Entry, texts: Texts) -> Html:
    return texts.count("timeline.congratulated", entry.n)


def _fostered(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.fostered", mentor=entry.values["mentor"] or texts.plain("person.erased"))


def _step_done(entry: Entry, texts: Texts) -> Html:
    step, result = entry.values["step"], entry.values["result"]
    if not result:
        return texts.say("timeline.step_done", step=step)
    return texts.say("timeline.step_result", step=step, result=result)


def _fostering_ended(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.fostering_ended", outcome=entry.values["outcome"])


def _copied(entry: Entry, texts: Texts) -> Html:
    if not entry.values["plan"]:
        return texts.say("timeline.copied", who=entry.values["who"])
    return texts.say("timeline.copied_how", who=entry.values["who"], plan=entry.values["plan"])


def _copy_result(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.copy_result", who=entry.values["who"], result=entry.values["result"])


def _spoke(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.spoke", title=entry.values["title"])


def _lesson(entry: Entry, texts: Texts) -> Html:
    return texts.say("timeline.lesson", text=entry.values["text"])


_TOLD: dict[Event, Callable[[Entry, Texts], Html]] = {
    Event.NOMINATED: _nominated,
    Event.CHOSEN: _chosen,
    Event.ON_LIST: _on_list,
    Event.HONOURED: _honoured,
    Event.ON_PORTAL: _on_portal,
    Event.CONGRATULATED: _congratulated,
    Event.FOSTERED: _fostered,
    Event.STEP_DONE: _step_done,
    Event.FOSTERING_ENDED: _fostering_ended,
    Event.COPIED: _copied,
    Event.COPY_RESULT: _copy_result,
    Event.SPOKE: _spoke,
    Event.LESSON: _lesson,
}
