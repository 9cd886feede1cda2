"""What the screens of choosing share: the unit and period they speak of, names, buttons."""

from dataclasses import dataclass
from typing import Any

from bot.domain.choosing import check_sentence
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer, AnswerState
from bot.domain.nominations import NominationId
from bot.domain.people import Person, PersonId, Unit
from bot.domain.periods import Period
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.answer_for_unit import check_period, head_for
from bot.operations.choice_drafts import FLOW
from bot.operations.choose_exemplars import Nominee, is_open, list_nominees, number_of
from bot.texts import Html, Texts
from handlers.incoming import Sort
from handlers.nomination_card import period_name
from handlers.reason_card import nominee_name
from handlers.turn import Turn
from storage import choices, people
from storage.nominations import StandingRow

LABEL = 60
"""What a button's label holds."""


@dataclass(frozen=True)
class Place:
    """The unit and the period that a button speaks of; the person heads the unit today."""

    turn: Turn
    unit: Unit
    period: Period

    @property
    def texts(self) -> Texts:
        """The person's language."""
        return self.turn.texts

    @property
    def name(self) -> str:
        """The period as it is read."""
        return period_name(self.texts, str(self.period))

    @property
    def close(self) -> str:
        """The last day on which an answer is taken."""
        return self.texts.day(self.turn.config.timetable.cycle(self.period).close.on)

    @property
    def values(self) -> dict[str, str]:
        """What most texts name."""
        following = period_name(self.texts, str(self.period.next))
        return {"unit": self.unit.name, "period": self.name, "next": following, "close": self.close}

    def say(self, message_id: str, **values: object) -> Html:
        """A text with the unit, the period and its last day filled in."""
        return self.texts.say(message_id, **{**self.values, **values})

    def call(self, act: str, arg: object = "", version: int = 0) -> str:
        """What a button of this place claims."""
        tail = f".{arg}" if arg != "" else ""
        return str(Call(FLOW, self.unit.id, version, act, f"{self.period}{tail}"))

    def act(self, act: str, message_id: str, arg: object = "", version: int = 0, **values: Any) -> Button:
        """A button with a text of the catalog."""
        return self.named(act, self.texts.plain(message_id, **values), arg, version)

    def named(self, act: str, label: str, arg: object = "", version: int = 0) -> Button:
        """A button with a name on it."""
        return Button(abridge(label, LABEL), self.call(act, arg, version))

    def to_list(self) -> Button:
        """The way back to the list of nominees."""
        return self.act("list", "button.to_list")

    async def nominees(self) -> list[Nominee]:
        """Whom the unit chooses from."""
        return await list_nominees(self.turn.session, self.unit.id, self.period)

    async def nominee(self, nomination_id: int) -> Nominee:
        """One of them. Raises Gone for whom nobody nominates any more."""
        for found in await self.nominees():
            if number_of(found) == nomination_id:
                return found
        raise Gone("choose.no_longer")

    async def answer(self) -> Answer | None:
        """What the unit has answered."""
        return await choices.find_answer(self.turn.session, self.unit.id, str(self.period))

    def may_answer(self, answer: Answer | None) -> bool:
        """Whether an answer may be given or changed."""
        accepted = answer is not None and answer.state is AnswerState.ACCEPTED
        return is_open(self.turn.config.timetable, self.period, self.turn.today) and not accepted

    def check_may_answer(self, answer: Answer | None) -> None:
        """Raises Refused for a period that takes no answer, Gone for one that has been accepted."""
        check_period(self.turn.config, self.period, self.turn.today)
        if answer is not None and answer.state is AnswerState.ACCEPTED:
            raise Gone("choose.accepted")

    def question(self, answer: Answer | None) -> list[Html]:
        """What the secretariat asks, where it gave the answer back."""
        asked = answer.question if answer else ""
        return [self.say("choose.returned", question=asked)] if asked else []

    def typed_sentence(self) -> str:
        """The sentence that was typed. Raises Refused for what cannot be one."""
        incoming = self.turn.incoming
        if incoming.sort is not Sort.TEXT:
            raise Refused("choose.only_text")
        return check_sentence(incoming.text, self.turn.config.choosing.reason_max)

    async def by_whom(self) -> Html:
        """In whose name the person answers."""
        me = self.turn.person
        head = await head_for(self.turn.session, me, self.unit.id, self.turn.today)
        return await by_whom(self.turn, me, head)


async def by_whom(turn: Turn, person: Person, head_id: PersonId | None) -> Html:
    """Who answers, and for which head."""
    if head_id is None:
        return turn.say("choose.by_head", who=titled(turn.texts, person))
    head = await people.get_person(turn.session, head_id)
    return turn.say("choose.by_deputy", who=titled(turn.texts, person), head=titled(turn.texts, head))


def titled(texts: Texts, person: Person) -> str:
    """Post and name, as people are announced; or that they were erased."""
    return f"{person.post} {person.full_name}".strip() or texts.plain("person.erased")


def rest(call: Call) -> str:
    """What a button says beside its period."""
    return call.arg.partition(".")[2]


def number_in(text: str) -> NominationId:
    """The number of a nomination that a button names, 0 where it names none."""
    return NominationId(int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0)


def name_of(texts: Texts, nominee: Nominee) -> str:
    """A nominee's name."""
    return nominee_name(texts, nominee[0].endorsement.nominee)


def post_of(nominee: Nominee) -> str:
    """A nominee's post behind a comma."""
    post = nominee[0].endorsement.nominee.post
    return f", {post}" if post else ""


def nominator_of(texts: Texts, row: StandingRow) -> str:
    """Who gave a reason, where they let that be seen."""
    if row.endorsement.reason.hide_name:
        return texts.plain("choose.hidden")
    return row.nominator_name or texts.plain("person.erased")
