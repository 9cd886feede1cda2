"""The draft of a choice as the steps load and save it, and the names of who is picked."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.choosing import ChoiceDraft
from bot.domain.errors import Gone
from bot.domain.exemplars import Answer
from bot.domain.writing import abridge
from bot.operations.choice_drafts import Choosing, find_choosing, save_choosing
from bot.operations.choose_exemplars import Nominee, number_of
from bot.texts import Html, join_html
from handlers.choose_words import Place, name_of, post_of

_QUOTED = 200


async def load(place: Place) -> Choosing:
    """The draft as it can be gone on with. Raises Refused and Gone."""
    answer = await place.answer()
    place.check_may_answer(answer)
    found = await find(place, answer)
    if found is None:
        raise await why_gone(place, answer)
    known = frozenset(number_of(one) for one in await place.nominees())
    draft = found.draft.only(known)
    if not draft.picked:
        raise Gone("choose.none_picked")
    return replace(found, draft=draft)


async def why_gone(place: Place, answer: Answer | None) -> Gone:
    """There is no draft for the answer as it stands."""
    turn = place.turn
    older = await find_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), None)
    if older is not None:
        return Gone("choose.changed")
    return Gone("choose.answered" if answer else "choose.none_picked")


async def find(place: Place, answer: Answer | None) -> Choosing | None:
    """The person's draft, if it was made for the answer as it stands."""
    turn = place.turn
    version = answer.version if answer else 0
    return await find_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), version)


async def save(place: Place, draft: ChoiceDraft, step: str) -> Choosing:
    """Keep the draft; `step` says what is asked."""
    turn = place.turn
    return await save_choosing(turn.session, turn.person.id, draft, step, turn.now)


async def picked_nominees(place: Place, draft: ChoiceDraft) -> list[Nominee]:
    """Who is picked, in the order of picking. Raises Gone where somebody is no longer there."""
    known = {number_of(one): one for one in await place.nominees()}
    if not set(draft.picked) <= set(known):
        raise Gone("choose.no_longer")
    return [known[one] for one in draft.picked]


async def names_of(place: Place, draft: ChoiceDraft) -> str:
    """Their names on one line."""
    names: Iterable[str] = (name_of(place.texts, one) for one in await picked_nominees(place, draft))
    return abridge(", ".join(names), _QUOTED)


async def numbered(place: Place, draft: ChoiceDraft) -> Html:
    """Their names and posts, a line each."""
    nominees = await picked_nominees(place, draft)
    return join_html(
        [
            place.say("choose.preview_who", number=n, name=name_of(place.texts, one), post=post_of(one))
            for n, one in enumerate(nominees, 1)
        ]
    )
