"""A reason that was sent, as its nominator and the head read it: nothing left out."""

from bot.domain.nominations import ADDED_FIELDS, Endorsement, Nominee, NomineeKind
from bot.texts import KINDS, N_, Html, Texts
from handlers.nomination_card import FIELDS
from handlers.pages import PIECE, pieces

_NOMINEES = {
    NomineeKind.PERSON: N_("card.person"),
    NomineeKind.GROUP: N_("card.group"),
    NomineeKind.MODEL: N_("card.model"),
}


def nominee_line(texts: Texts, nominee: Nominee, unit_name: str) -> Html:
    """Whom a nomination honours, as the roster had them on the day."""
    post = f", {nominee.post}" if nominee.post else ""
    unit = unit_name if nominee.kind is NomineeKind.PERSON else f", {unit_name}"
    return texts.say(_NOMINEES[nominee.kind], name=nominee_name(texts, nominee), post=post, unit=unit)


def nominee_name(texts: Texts, nominee: Nominee) -> str:
    """The nominee's name, or that it was erased."""
    return nominee.name or texts.plain("person.erased")


def reason_blocks(texts: Texts, sent: Endorsement, most: int = PIECE) -> list[Html]:
    """Everything a reason says, in blocks of at most so many characters, which fit on pages."""
    reason = sent.reason
    blocks = [texts.say("card.kind", kind=texts.plain(KINDS[reason.kind]))]
    if sent.movement_name:
        blocks.append(texts.say("card.movement", movement=sent.movement_name))
    first, *rest = pieces(reason.story or texts.plain("story.erased"), most)
    blocks.append(texts.say("card.story", story=first))
    blocks += [texts.say("card.story_goes_on", story=piece) for piece in rest]
    for name in ADDED_FIELDS:
        value = getattr(reason, name)
        if value:
            blocks.append(texts.say("card.field", label=texts.plain(FIELDS[name]), value=value))
    if reason.evidence:
        blocks.append(texts.count("card.evidence", len(reason.evidence)))
    return blocks
