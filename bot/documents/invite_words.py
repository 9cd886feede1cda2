"""Invitations as a printed sheet, in the words of the office."""

from collections.abc import Sequence

from bot.documents.invite_sheet import Invite
from bot.operations.make_invites import Invitation
from bot.texts import Texts


def sheet_words(texts: Texts, office: str) -> dict[str, str]:
    """The words of the sheet. `{day}` stays in the line about the last day: each card has its own."""
    return {
        "lang": texts.locale,
        "title": texts.plain("invite.sheet.title", agency=office),
        "how.1": texts.plain("invite.sheet.how_1"),
        "how.2": texts.plain("invite.sheet.how_2"),
        "how.3": texts.plain("invite.sheet.how_3"),
        "expires": texts.plain("invite.sheet.expires", day="{day}"),
    }


def cards(made: Sequence[Invitation], base: str) -> list[Invite]:
    """A card for each invitation."""
    return [
        Invite(one.person.full_name, one.person.unit_name, one.link(base), one.expires_on) for one in made
    ]
