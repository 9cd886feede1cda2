"""What is asked of a consent that came on paper: to which exemplar's publication, yes or no."""

from bot.domain.errors import Gone
from bot.domain.exemplars import Consent, Exemplar
from bot.domain.names import fold
from bot.domain.writing import abridge
from bot.messages import Button
from bot.operations.write_paper import Entry, Writing
from bot.texts import N_, Html, join_html
from handlers.nomination_card import Buttons
from handlers.reason_card import nominee_line, nominee_name
from handlers.turn import Turn
from storage import exemplars

Rows = list[list[Button]]
_A_PAGE = 6
_TEXT_SHOWN = 1600
_SAID = {
    Consent.NONE: N_("paper.consent_none"),
    Consent.ASKED: N_("paper.consent_asked"),
    Consent.CHANGE: N_("paper.consent_change"),
    Consent.AGREED: N_("paper.consent_agreed"),
    Consent.DECLINED: N_("paper.consent_declined"),
}


async def find_exemplar(turn: Turn, entry: Entry) -> Exemplar:
    """The exemplar of the entry. Raises Gone."""
    found = await exemplars.find_exemplar(turn.session, entry.exemplar_id or 0)
    if found is None or found.erased:
        raise Gone("paper.exemplar_gone")
    return found


async def list_waiting(turn: Turn) -> list[Exemplar]:
    """The exemplars whose publication nobody has agreed to or declined, the latest first."""
    standing = await exemplars.list_standing(turn.session)
    decided = {Consent.AGREED, Consent.DECLINED}
    return [one for one in reversed(standing) if not (one.consent in decided and _is_current(one))]


async def search(turn: Turn, typed: str) -> list[Exemplar]:
    """The exemplars whose name holds what was typed, decided ones too: a consent may be taken back."""
    wanted = fold(typed)
    standing = await exemplars.list_standing(turn.session)
    return [one for one in reversed(standing) if wanted and wanted in fold(one.nominee.name)]


def _is_current(exemplar: Exemplar) -> bool:
    return exemplar.consent is Consent.DECLINED or exemplar.consent_version == exemplar.text_version


async def ask_exemplar(turn: Turn, _writing: Writing, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    """Those that wait; others are found by name."""
    waiting = await list_waiting(turn)
    shown = waiting[page * _A_PAGE : (page + 1) * _A_PAGE]
    rows = [*exemplar_rows(turn, buttons, shown), buttons.pages("exemplars", page, len(waiting), _A_PAGE)]
    return turn.say("paper.ask_exemplar" if waiting else "paper.no_exemplars"), rows


def exemplar_rows(turn: Turn, buttons: Buttons, found: list[Exemplar]) -> Rows:
    """A button for each exemplar, with how far its consent is."""
    return [
        [
            buttons.named(
                "exemplar",
                f"{abridge(nominee_name(turn.texts, one.nominee), 30)} · {turn.plain(_SAID[one.consent])}",
                one.id,
            )
        ]
        for one in found
    ]


async def ask_consent(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    """What the sheet says, below the text it was given for."""
    exemplar = await find_exemplar(turn, writing.entry)
    shown = [
        nominee_line(turn.texts, exemplar.nominee, exemplar.unit_name),
        turn.say("paper.text", text=abridge(exemplar.text, _TEXT_SHOWN)),
        turn.say("paper.ask_consent"),
    ]
    rows = [
        [
            buttons.act("said", "button.paper_agreed", "yes"),
            buttons.act("said", "button.paper_declined", "no"),
        ]
    ]
    return join_html(shown, "\n\n"), rows
