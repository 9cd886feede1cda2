"""Documents asked for in chat, for tests: what buttons claim, what came, what waits."""

from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.people import Post
from bot.domain.roles import Role
from bot.messages import Call
from bot.operations.compose_documents import write_ask
from handlers.documents import FLOW, MAKE
from storage import jobs, people
from tests.office import Office
from tests.phones import Phone
from tests.posting import documents


def names(office: Office, phone: Phone) -> list[str]:
    """What the files are called that somebody got."""
    return [name for name, _ in documents(office, phone)]


def call(act: str, arg: str = "", *, row: int = 0, version: int = 0) -> str:
    """What a button of this conversation claims."""
    return str(Call(FLOW, row, version, act, arg))


async def take_role(office: Office, code: str) -> None:
    """Somebody is only an employee from now on."""
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person is not None
        await people.set_posts(session, person.id, [Post(Role.EMPLOYEE, person.unit_id)])


async def ask_for(office: Office, code: str, kind: DocumentKind, ask: DocumentAsk) -> None:
    """Somebody has asked for a document, and the task waits."""
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person is not None
        await jobs.add_task(session, MAKE, person.id, write_ask(kind, ask), office.clock())
