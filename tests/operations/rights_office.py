"""An office at each point of an exemplar's life, with one person of each role, for the table of rights."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.config import Config
from bot.domain.audience import Audience
from bot.domain.chats import ChatState
from bot.domain.errors import Refused
from bot.domain.events import EventKind
from bot.domain.exemplars import Choice, Consent, Criterion, Exemplar, Place
from bot.domain.lessons import LessonKind, NewLesson
from bot.domain.nominations import Draft, Kind, NominationId, NomineeKind
from bot.domain.people import Person, Post, UnitId
from bot.domain.periods import Period
from bot.domain.roles import Role
from bot.operations import adopt, foster
from bot.operations.answer_consent import answer_consent
from bot.operations.ask_consent import ask_consent
from bot.operations.check_answer import accept_answer, return_answer
from bot.operations.choose_exemplars import choose
from bot.operations.honour import honour
from bot.operations.lessons import add_lesson
from bot.operations.make_event import Wanted, cancel_event, hold_event, make_event
from bot.operations.prepare_exemplar import keep_card, set_representative
from bot.operations.send_nomination import send_nomination
from bot.operations.suggest import answer_suggestion, suggest
from bot.operations.take_down import take_down
from storage import chats, events, exemplars, fosterings, people, units
from storage.database import Database, Session
from tests.conftest import office_config
from tests.nominating import KEPT
from tests.office import START

CONFIG: Config = office_config()
MONTH = Period(date(2026, 11, 1), 1)
QUARTER = Period(date(2026, 10, 1), 3)
CLOSED = START + timedelta(days=30)
QUARTERLY = START + timedelta(days=50)
TODAY = date(2026, 11, 18)

ROLES = {
    "left": "cu",
    "employee": "duc",
    "nominator": "lan",
    "nominee": "tuan",
    "speaker": "lan2",
    "head": "hoa",
    "deputy": "deputy",
    "past_deputy": "past_deputy",
    "past_head": "past_head",
    "other_head": "minh",
    "clerk": "clerk",
    "leader": "chanh",
}
"""Who acts. Head, deputy and those of the past are of the unit whose exemplars it is about.

`nominee` is the one, `speaker` is asked about the other, a group; `nominator` nominated both, `clerk` is the
secretariat.
"""

_MORE = {
    "deputy": (Role.DEPUTY, None, date(2027, 1, 31)),
    "past_deputy": (Role.DEPUTY, date(2026, 11, 1), date(2026, 11, 17)),
    "past_head": (Role.UNIT_HEAD, None, date(2026, 11, 17)),
    "clerk": (Role.SECRETARIAT, None, None),
}


@dataclass
class Case:
    """Where things stand: who is there, and the numbers of what there is."""

    database: Database
    now: datetime = START
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, UnitId] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(CONFIG.office.timezone).date()

    def choice(self, *names: str) -> list[Choice]:
        """The unit chooses nominations by their names here."""
        return [
            Choice(self.ids[name], "Làm việc tận tâm, ai cũng quý.", frozenset(Criterion)) for name in names
        ]

    async def exemplar(self, session: Session, name: str) -> Exemplar:
        """An exemplar as it stands; a number that nobody has where there is none yet."""
        found = await exemplars.find_by_nomination(session, self.ids[name])
        if found is None:
            raise Refused("no exemplar yet")
        return found


Step = Callable[[Session, Case], Awaitable[None]]


async def people_of_every_role(session: Session, case: Case) -> None:
    """Those of the office, and four more of the unit TH."""
    case.units = {unit.code: unit.id for unit in await units.list_units(session)}
    for n, (code, (role, since, until)) in enumerate(_MORE.items()):
        person_id = await people.add_person(
            session,
            code=code,
            full_name=f"Người {code}",
            post="Chuyên viên",
            unit_id=case.units["TH"],
            phone=None,
            telegram_id=7001 + n,
        )
        posts = [Post(Role.EMPLOYEE, case.units["TH"]), Post(role, case.units["TH"], since, until)]
        await people.set_posts(session, person_id, posts)
        await people.note_consent(session, person_id, "processing", 1, START, given=True)
    for role_name, code in ROLES.items():
        found = await people.find_by_code(session, code)
        assert found is not None
        case.people[role_name] = found


async def nominated(session: Session, case: Case) -> None:
    """A person, a group, and another name for the person's deed; the nominator has opened nothing yet."""
    nominator = case.people["nominator"]
    person = Draft(nominee_id=case.people["nominee"].id, story=KEPT, kind=Kind.NEW_FACTOR)
    group = replace(person, nominee_id=None, nominee_kind=NomineeKind.GROUP, unit_id=case.units["TH"])
    drafts = {
        "person": person,
        "group": replace(group, nominee_name="Tổ Tổng hợp"),
        "twin": replace(group, nominee_name="Nhóm anh Tuấn"),
        "spare": replace(group, nominee_name="Tổ Tin học"),
    }
    for name, draft in drafts.items():
        sent = await send_nomination(session, nominator, draft, CONFIG, START)
        case.ids[name] = sent.endorsement.nomination_id
        case.ids[f"{name}_reason"] = sent.endorsement.id


async def given(session: Session, case: Case) -> None:
    """The head has chosen the person and the group."""
    head = case.people["head"]
    await choose(session, head, case.units["TH"], MONTH, case.choice("person", "group"), CONFIG, START)


async def returned(session: Session, case: Case) -> None:
    """The secretariat has asked the unit something."""
    clerk, unit_id = case.people["clerk"], case.units["TH"]
    await return_answer(session, clerk, unit_id, MONTH, 1, "Xin ghi rõ thời gian", CONFIG, START)


async def accepted(session: Session, case: Case) -> None:
    """The secretariat has taken both over; somebody speaks for the group."""
    clerk = case.people["clerk"]
    await accept_answer(session, clerk, case.units["TH"], MONTH, 1, CONFIG, START)
    group = await case.exemplar(session, "group")
    await set_representative(session, clerk, group, case.people["speaker"], CONFIG, START)
    for name in ("person", "group"):
        await keep_card(session, await case.exemplar(session, name), "a picture")


async def asked(session: Session, case: Case) -> None:
    """Both have been asked."""
    for name in ("person", "group"):
        exemplar = await case.exemplar(session, name)
        await ask_consent(session, case.people["clerk"], exemplar, CONFIG, START)


def _said(answer: Consent) -> Step:
    async def say(session: Session, case: Case) -> None:
        for name in ("person", "group"):
            exemplar = await case.exemplar(session, name)
            assert exemplar.representative_id is not None
            await answer_consent(
                session, exemplar, answer, exemplar.representative_id, START, note="Xin bớt lời khen"
            )

    return say


agreed, declined, wished = _said(Consent.AGREED), _said(Consent.DECLINED), _said(Consent.CHANGE)


async def honoured(session: Session, case: Case) -> None:
    """Both are public, in the unit."""
    for name in ("person", "group"):
        exemplar = await case.exemplar(session, name)
        await honour(session, case.people["clerk"], exemplar, {Place.UNIT}, CONFIG, START)


async def removed(session: Session, case: Case) -> None:
    """The secretariat has taken both down."""
    for name in ("person", "group"):
        await take_down(session, await case.exemplar(session, name), case.people["clerk"].id, START)


async def cared_for(session: Session, case: Case) -> None:
    """The person is fostered by the employee, copied by another unit, learnt from; an event is planned."""
    head, clerk = case.people["head"], case.people["clerk"]
    exemplar = await case.exemplar(session, "person")
    begun = await foster.begin(
        session, head, exemplar, case.people["employee"].id, "Giúp đỡ ba tháng", CONFIG, START
    )
    for name in ("step", "done_step"):
        day = TODAY + timedelta(days=9)
        step = await foster.add_step(session, head, begun.id, "Soạn tài liệu", day, CONFIG, START)
        case.ids[name] = step.id
    await foster.finish_step(session, head, case.ids["done_step"], CONFIG, START)
    other = case.people["other_head"]
    copied = await adopt.pledge(session, other, exemplar, case.units["NC"], "", CONFIG, START)
    case.ids |= {"fostering": begun.id, "adoption": copied.id}
    lesson = NewLesson(LessonKind.EXEMPLAR, "Làm từng tủ một thì không ai nản lòng.", "2026-Q4")
    case.ids["lesson"] = (await add_lesson(session, head, lesson, CONFIG, START)).id
    case.ids["suggestion"] = await suggest(
        session, case.people["employee"], "Nên có bảng tin ở sảnh", TODAY, START
    )
    await an_event(session, case)
    await chats.come(session, -100, "supergroup", "Nhóm", START)
    assert clerk.id


async def an_event(session: Session, case: Case) -> None:
    """Planned in two days for everybody, the person speaks."""
    wanted = wanted_event((await case.exemplar(session, "person")).id)
    made = await make_event(session, case.people["clerk"], wanted, CONFIG, START)
    case.ids["event"] = made.event.id


def wanted_event(*speakers: int) -> Wanted:
    """An exchange in two days."""
    return Wanted(
        EventKind.EXCHANGE,
        "Giao lưu về cách làm hay",
        None,
        Audience(),
        START + timedelta(days=2),
        "Hội trường",
        speakers=tuple(speakers),
    )


async def over(session: Session, case: Case) -> None:
    """The fostering has ended, the adoption is given up, the event is called off, the suggestion answered."""
    head, clerk = case.people["head"], case.people["clerk"]
    begun = await fosterings.find_fostering(session, case.ids["fostering"])
    assert begun is not None
    await foster.end(session, head, begun, "Đã tự làm được", CONFIG, START)
    await adopt.give_up(session, case.people["other_head"], case.ids["adoption"], CONFIG, START)
    event = await events.find_event(session, case.ids["event"])
    assert event is not None
    await cancel_event(session, clerk, event, "Trùng lịch họp", CONFIG, START)
    await answer_suggestion(session, clerk, case.ids["suggestion"], "Sẽ làm", TODAY, START)
    chat = await chats.find(session, -100)
    assert chat is not None
    await chats.set_state(session, chat, ChatState.LEFT, None, None, START)


async def held(session: Session, case: Case) -> None:
    """The event has taken place."""
    event = await events.find_event(session, case.ids["event"])
    assert event is not None
    case.now = START + timedelta(days=3)
    await hold_event(session, case.people["clerk"], event, 20, "Ba phòng xin làm theo.", CONFIG, case.now)


def later(at: datetime) -> Step:
    """Time has passed."""

    async def pass_time(_session: Session, case: Case) -> None:
        case.now = at

    return pass_time


async def chosen_for_quarter(session: Session, case: Case) -> None:
    """The head has chosen the person for the quarter too, and the secretariat has accepted."""
    head, clerk, unit_id = case.people["head"], case.people["clerk"], case.units["TH"]
    case.now = QUARTERLY
    await choose(session, head, unit_id, QUARTER, case.choice("person"), CONFIG, QUARTERLY)
    await accept_answer(session, clerk, unit_id, QUARTER, 1, CONFIG, QUARTERLY)


STAGES: dict[str, tuple[Step, ...]] = {
    "open": (nominated,),
    "given": (nominated, given),
    "returned": (nominated, given, returned),
    "accepted": (nominated, given, accepted),
    "closed": (nominated, later(CLOSED)),
    "closed given": (nominated, given, later(CLOSED)),
    "closed accepted": (nominated, given, accepted, later(CLOSED)),
    "asked": (nominated, given, accepted, asked),
    "wished": (nominated, given, accepted, asked, wished),
    "agreed": (nominated, given, accepted, asked, agreed),
    "declined": (nominated, given, accepted, asked, declined),
    "honoured": (nominated, given, accepted, asked, agreed, honoured),
    "removed": (nominated, given, accepted, asked, agreed, honoured, removed),
    "withdrawn": (nominated, given, accepted, asked, agreed, honoured, declined),
    "cared for": (nominated, given, accepted, asked, agreed, honoured, cared_for),
    "over": (nominated, given, accepted, asked, agreed, honoured, cared_for, over),
    "held": (nominated, given, accepted, asked, agreed, honoured, cared_for, held),
    "quarter": (nominated, given, accepted, asked, agreed, honoured, chosen_for_quarter),
}
"""What has happened at each point of the table."""


async def at_stage(database: Database, stage: str) -> Case:
    """The office at that point."""
    case = Case(database)
    async with database.transaction() as session:
        await people_of_every_role(session, case)
        for step in STAGES[stage]:
            await step(session, case)
    return case


def nomination(case: Case, name: str) -> NominationId:
    """The number of one of the nominations."""
    return NominationId(case.ids[name])
