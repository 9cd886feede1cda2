"""People are found by what they are called, however it is typed, on both databases."""

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.names import fold
from bot.domain.people import Person, PersonId, UnitId
from storage import people, units
from storage.database import Database, Session
from storage.migrating import migrate
from tests.office import START

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Võ", "Đỗ")
MIDDLES = ("Thị", "Văn", "Minh", "Hữu", "Thị Thanh", "Quốc", "Ngọc", "Đức")
GIVEN = (
    *("Quỳnh", "Khuyên", "Thắng", "Trường", "Nghĩa", "Phước", "Giang", "Huệ", "Đạt", "Bảo", "Châu", "Diễm"),
    *("Hạnh", "Ích", "Khoa", "Loan", "Mỹ", "Oanh", "Phúc", "Sáng", "Tuyết", "Uyên", "Vinh", "Xuân", "Yến"),
)
NAMES = tuple(
    f"{FAMILIES[n % 8]} {MIDDLES[n * 3 % 8]} {called}" for n, called in enumerate(GIVEN)
)  # each is called otherwise, so that everybody can be among the first eight
LETTERS = "abcdeghiklmnopqrstuvxy"
ON_A_DATABASE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
async def roster(fresh: Database) -> Database:
    """An office of NAMES, every other one in a second unit."""
    await migrate(fresh)
    async with fresh.transaction() as session:
        there = [await add_unit(session, code) for code in ("MOT", "HAI")]
        for n, name in enumerate(NAMES):
            await people.add_person(
                session,
                code=f"N{n}",
                full_name=name,
                post="Chuyên viên",
                unit_id=there[n % 2],
                phone=None,
                telegram_id=None,
            )
    return fresh


async def add_unit(session: Session, code: str) -> UnitId:
    values: dict[str, object] = {"code": code, "name": code, "short_names": "[]"}
    return await units.add_unit(session, {**values, "parent_id": None, "from_on": None, "to_on": None})


async def search(database: Database, typed: str, unit_id: UnitId | None = None) -> list[Person]:
    async with database.reading() as session:
        return await people.search(session, typed, unit_id=unit_id, asker_unit_id=None)


def endings(name: str) -> list[str]:
    said = name.split()
    return [" ".join(said[start:]) for start in range(len(said))]


AS_TYPED = st.sampled_from(
    [
        lambda text: text,
        str.upper,
        str.lower,
        fold,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFD", text.upper()),
        lambda text: f"  {text.replace(' ', '   ')} ",
    ]
)


@ON_A_DATABASE
@given(name=st.sampled_from(NAMES), data=st.data(), typed_as=AS_TYPED)
async def test_anybody_is_found_by_any_ending_of_their_name(roster, name, data, typed_as):
    """With accents or without, in capitals, decomposed, with blanks: the person is the first."""
    ending = data.draw(st.sampled_from(endings(name)))
    found = await search(roster, typed_as(ending))
    assert name in [person.full_name for person in found]
    if ending == name:
        assert found[0].full_name == name


def slips(syllable: str) -> st.SearchStrategy[str]:
    place = st.integers(0, len(syllable) - 1)
    letter = st.sampled_from(LETTERS)
    return st.one_of(
        place.map(lambda n: syllable[:n] + syllable[n + 1 :]),
        st.builds(lambda n, one: syllable[:n] + one + syllable[n + 1 :], place, letter),
        st.builds(lambda n, one: syllable[:n] + one + syllable[n:], place, letter),
        place.map(lambda n: syllable[:n] + syllable[n : n + 2][::-1] + syllable[n + 2 :]),
    )


@ON_A_DATABASE
@given(name=st.sampled_from(NAMES), data=st.data())
async def test_one_slip_of_the_finger_does_not_hide_anybody(roster, name, data):
    """A letter lost, added, changed or swapped in a syllable of the whole name typed without accents."""
    said = fold(name).split()
    n = data.draw(st.integers(0, len(said) - 1))
    slipped = data.draw(slips(said[n]))
    assume(slipped)
    typed = " ".join([*said[:n], slipped, *said[n + 1 :]])
    assert name in [person.full_name for person in await search(roster, typed)]


@ON_A_DATABASE
@given(name=st.sampled_from(NAMES), data=st.data())
async def test_in_a_named_unit_nobody_elses_people_are_found(roster, name, data):
    """The unit that is said counts: its own are found in it, others never are."""
    typed = data.draw(st.sampled_from(endings(name)))
    async with roster.reading() as session:
        known = await units.list_units(session)
    for unit in known:
        found = await search(roster, typed, unit.id)
        assert all(person.unit_id == unit.id for person in found)
        here = (NAMES.index(name) % 2 == 0) == (unit.code == "MOT")
        assert (name in [person.full_name for person in found]) == here


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "…", "zzzzzz", "%", "'", "\x00a", "1234567890" * 50])
async def test_what_is_nobodys_name_finds_nobody(roster, typed):
    """Neither an error nor everybody."""
    assert await search(roster, typed) == []


async def set_left(database: Database, name: str) -> PersonId:
    (person,) = [person for person in await search(database, name) if person.full_name == name]
    async with database.transaction() as session:
        await people.set_left(session, person.id, START)
    return person.id


async def test_who_left_is_found_and_marked(roster):
    """So that it can be said why they cannot be nominated."""
    await set_left(roster, NAMES[0])
    found = await search(roster, NAMES[0])
    assert [person.left for person in found if person.full_name == NAMES[0]] == [True]


async def test_who_was_erased_is_not_found(roster):
    """By no key of the name they had."""
    person_id = await set_left(roster, NAMES[0])
    async with roster.transaction() as session:
        await people.erase(session, person_id, START)
    for ending in endings(NAMES[0]):
        assert person_id not in [person.id for person in await search(roster, ending)]


async def test_who_is_called_otherwise_now_is_found_by_the_new_name_only(roster):
    """Old keys go with the old name."""
    (before, *_) = await search(roster, NAMES[0])
    async with roster.transaction() as session:
        await people.change_person(
            session,
            before.id,
            full_name="Vương Kỳ Đào",
            post="",
            unit_id=before.unit_id,
            phone=None,
            telegram_id=None,
        )
    assert [person.id for person in await search(roster, "ky dao")] == [before.id]
    assert before.id not in [person.id for person in await search(roster, NAMES[0])]
