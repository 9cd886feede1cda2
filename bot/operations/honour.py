"""An exemplar is honoured: in its unit, in the office's channel, before everybody.

In a group or channel by one post; in a unit that has none, and before everybody, by a message to each.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.clock import to_us
from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.chats import Chat
from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Exemplar, ExemplarState, Place
from bot.domain.hours import Hours
from bot.domain.people import Person
from bot.operations.find_audience import find_audience
from bot.operations.secretariat import check_secretariat
from bot.operations.take_down import HONOUR
from bot.operations.tell_nominators import tell_honoured
from bot.texts import N_
from storage import access, chats, exemplars, honours, notices, posts, units
from storage.database import Session
from storage.posts import NewPost, PostKind, PostState

_MAKES_SENSE = timedelta(days=3)
"""What could not go within this time, because Telegram was away, goes no more."""


@dataclass(frozen=True)
class Way:
    """How an exemplar reaches a place: a chat, else so many people one by one; `done` where it has."""

    place: Place
    chat: Chat | None = None
    people: int = 0
    done: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can be honoured there now."""
        return not self.done and (self.chat is not None or self.people > 0)


async def list_ways(session: Session, exemplar: Exemplar, today: date) -> list[Way]:
    """The places in order, each with how it is reached."""
    done = {honour.place for honour in await honours.list_of(session, exemplar.id)}
    in_unit = await find_audience(session, await _unit(session, exemplar), today)
    everybody = await find_audience(session, Audience(), today)
    return [
        Way(
            Place.UNIT,
            await chats.find_linked(session, exemplar.nominee.unit_id),
            len(in_unit.reached),
            Place.UNIT in done,
        ),
        Way(Place.OFFICE, await chats.find_linked(session, None), done=Place.OFFICE in done),
        Way(Place.EVERYONE, None, len(everybody.reached), Place.EVERYONE in done),
    ]


def usual_places(config: Config) -> frozenset[Place]:
    """Where the office honours unless the clerk says otherwise."""
    usual = config.honours
    chosen = {Place.UNIT: usual.unit, Place.OFFICE: usual.office, Place.EVERYONE: usual.everyone}
    return frozenset(place for place, wanted in chosen.items() if wanted)


def check_publishable(exemplar: Exemplar) -> None:
    """Raises Gone for what is declined or taken down, NotAllowed for what nobody has agreed to as it is."""
    if exemplar.erased:
        raise Gone("exemplar.gone")
    if exemplar.state is ExemplarState.REMOVED:
        raise Gone("exemplar.removed")
    if not exemplar.may_be_published:
        raise NotAllowed("honour.no_consent")
    if not exemplar.has_card:
        raise Refused("exemplar.no_card")


async def honour(
    session: Session, me: Person, exemplar: Exemplar, places: Collection[Place], config: Config, now: datetime
) -> Exemplar:
    """Honour it in those places where it is not yet; it is public from now on, and its nominators hear of it.

    Raises NotAllowed for who is not of the secretariat and for what nobody has agreed to; Refused for no
    place and for one that cannot be reached; Gone where it is taken down, changed, or honoured there already.
    """
    today = config.office.day_of(now)
    check_secretariat(me, today)
    check_publishable(exemplar)
    ways = {way.place: way for way in await list_ways(session, exemplar, today)}
    if not places:
        raise Refused("honour.no_place")
    if any(ways[place].done for place in places):
        raise Gone("honour.done_there")
    if any(not ways[place].is_open for place in places):
        raise Refused("honour.cannot_reach")
    first = exemplar.state is not ExemplarState.HONOURED
    public = await exemplars.save_exemplar(
        session,
        replace(exemplar, state=ExemplarState.HONOURED, honoured_at=now if first else exemplar.honoured_at),
    )
    if public is None:
        raise Gone("exemplar.changed")
    for place in sorted(places):
        await _honour_in(session, me, public, ways[place], now, before_all=Place.EVERYONE in places)
    if first:
        await tell_honoured(session, public, now)
    await access.note(session, me.id, "honour", "exemplar", exemplar.id, now, ", ".join(sorted(places)))
    return public


async def _honour_in(
    session: Session, me: Person, exemplar: Exemplar, way: Way, now: datetime, *, before_all: bool
) -> None:
    chat_id = way.chat.chat_id if way.chat else None
    post_id = None
    if chat_id is None and not (way.place is Place.UNIT and before_all):  # else each would have it twice
        audience = Audience() if way.place is Place.EVERYONE else await _unit(session, exemplar)
        made = await posts.add(session, _post(me, exemplar, way.place, audience, now), now)
        if made is None:
            raise Gone("honour.done_there")
        post_id = made.id
    kept = await honours.put(
        session,
        exemplar.id,
        way.place,
        exemplar.text_version,
        me.id,
        now,
        chat_id=chat_id,
        post_id=post_id,
    )
    if kept is None:
        raise Gone("honour.done_there")
    if chat_id is not None:
        await notices.plan(
            session,
            HONOUR,
            kept.occurrence,
            me.id,
            {"exemplar_id": exemplar.id, "honour_id": kept.id},
            now,
            expires_at=now + _MAKES_SENSE,
            hours=Hours.DAYTIME,
            urgency=1,
            chat_id=chat_id,
        )


def _post(me: Person, exemplar: Exemplar, place: Place, audience: Audience, now: datetime) -> NewPost:
    return NewPost(
        PostKind.HONOUR,
        f"honour:{exemplar.id}:{place.value}:{to_us(now)}",
        now,
        now + _MAKES_SENSE,
        title=exemplar.nominee.name,
        words={"id": N_("honour.post"), "values": {"number": exemplar.id}},
        picture=exemplar.card,
        audience=audience,
        state=PostState.APPROVED,
        author_id=me.id,
        decided_by=me.id,
        decided_at=now,
    )


async def _unit(session: Session, exemplar: Exemplar) -> Audience:
    codes = {unit.id: unit.code for unit in await units.list_units(session)}
    return Audience(units=(codes[exemplar.nominee.unit_id],))
