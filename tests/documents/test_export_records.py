"""What an export tells of figures, outcomes, articles, paper, messages and the log, and of whom not."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.exemplars import Consent, Exemplar
from bot.domain.nominations import NominationId
from bot.domain.paper import Sheet, Subject
from bot.domain.people import Person
from bot.operations import articles
from bot.operations.answer_consent import answer_consent
from bot.operations.erase_person import erase_person
from bot.operations.merge_nominations import merge
from storage import access, notices, papers
from storage.database import Session
from tests.documents.export_office import CONFIG, MONTH, SECRET, Done
from tests.nominating import KEPT
from tests.office import START

WITHHELD = "(không đồng ý công bố)"
GONE = "(đã xóa theo yêu cầu)"
ADDRESS = "https://congthongtin.example/thi-dua/1"


@pytest.fixture
def done(database) -> Done:
    """The office before anything is done."""
    return Done(database)


def said(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of rows."""
    return [tuple(row[column] for column in columns) for row in rows]


async def published(done: Done, *exemplars: Exemplar) -> None:
    """An article that tells of them stands on the portal."""

    async def publish(session: Session, me: Person) -> None:
        picked = [one.id for one in exemplars]
        draft = await articles.make_article(session, me, MONTH, picked, CONFIG, done.now)
        ready = await articles.approve(session, me, draft.article, CONFIG, done.now)
        on = START.date()
        await articles.publish(session, me, ready.article, ADDRESS, on, CONFIG, done.now)

    await done.act("hung", publish)


# --- figures and outcomes ---


async def test_the_overview_says_what_became_of_them(done, tmp_path):
    """Chosen, honoured, copied and the unit's answer, line by line and together; movements and the trend."""
    await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    await done.nominate("lan", "tuan")
    overview = (await done.whole(tmp_path, "2026-11"))["overview"]
    columns = ("unit_code", "nominees", "reasons", "chosen", "honoured", "copied", "answer")
    told = {line[0]: line[1:] for line in said(overview["units"], *columns)}
    assert told["NC"] == (1, 1, 1, 1, 0, "chosen")
    assert told["TH"] == (1, 1, 0, 0, 0, "")
    total = overview["total"]
    assert (total["nominees"], total["chosen"], total["honoured"]) == (2, 1, 1)
    assert (total["people"], total["nominators"]) == (
        sum(line["people"] for line in overview["units"]),
        1,
    )
    assert overview["trend"][-1] == {"period": "2026-11", "nominees": 2}
    assert overview["movements"] == []


async def test_a_nominee_shows_how_far_it_came(done, tmp_path):
    """Waiting, chosen, not chosen, honoured; what was merged is read as one, by the number of the other."""
    await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    kept, twin = await done.nominate("lan", "tuan"), await done.nominate("lan", "hoa")

    async def together(session: Session, me: Person) -> None:
        await merge(session, me, twin, kept, CONFIG, done.now)

    await done.act("hoa", together)
    chosen, left = await done.nominate("mai", "thao"), await done.nominate("mai", "kien")
    await done.nominate("lan", "mai")
    await done.choose("kien", (chosen, "Ngồi cạnh hướng dẫn đến khi bà con tự làm được."))
    made = await done.tables(tmp_path, "2026-11")
    states = dict(said(made["nominees"], "nomination_id", "state"))
    assert (states[chosen], states[left]) == ("chosen", "not_chosen")
    assert sorted(states.values()) == ["chosen", "honoured", "not_chosen", "waiting", "waiting"]
    assert (kept, twin) in said(made["nominations"], "nomination_id", "merged_from")
    assert said([one for one in made["nominees"] if one["nomination_id"] == kept], "reasons") == [(2,)]
    numbers = {one["nomination_id"] for one in made["nominees"]}
    for table in ("nominations", "choices", "exemplars"):
        assert {one["nomination_id"] for one in made[table]} <= numbers


# --- articles and paper ---


async def test_an_article_is_told_without_its_words(done, tmp_path):
    """Its state, address, day and the numbers of its exemplars, in order."""
    first = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    second = await done.honoured("thao", "kien", "PVHCC", "Ngồi cạnh hướng dẫn bà con.")
    await published(done, second, first)
    made = await done.tables(tmp_path, "2026-11")
    assert said(made["articles"], "period", "state", "url", "published_on", "exemplars", "made_by") == [
        ("2026-11", "published", ADDRESS, "2026-11-18", [str(second.id), str(first.id)], "Trần Văn Hùng")
    ]
    assert (await done.tables(tmp_path, "2026-11", "TH"))["articles"] == []


@pytest.mark.parametrize("erased", [False, True])
async def test_the_address_of_who_may_not_be_told_of_is_not_told(done, tmp_path, erased):
    """One exemplar in it was taken back, or its person erased: there the name still stands."""
    exemplar = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    await published(done, exemplar)

    async def leave(session: Session, me: Person) -> None:
        if erased:
            await erase_person(session, me, START.date(), done.now)
        else:
            await answer_consent(session, exemplar, Consent.DECLINED, me.id, done.now, note=SECRET)

    await done.act("lan2", leave)
    made = await done.whole(tmp_path)
    assert said(made["articles"], "url") == [(WITHHELD,)]
    assert ADDRESS not in json.dumps(made)


async def test_paper_is_told_by_its_day(done, tmp_path):
    """What a sheet says, about which number, in whose name, of which day, and who entered it."""

    async def enter(session: Session, me: Person) -> None:
        on = await done.person(session, "thao")
        sheet = Sheet(date(2026, 11, 17))
        await papers.add_paper(session, Subject.CONSENT, 7, sheet, on.id, me.id, done.now)

    await done.act("hung", enter)
    made = await done.tables(tmp_path, "2026-11")
    assert said(made["papers"], "subject", "subject_id", "dated_on", "person", "unit_code", "entered_by") == [
        ("consent", 7, "2026-11-17", "Đặng Phương Thảo", "PVHCC", "Trần Văn Hùng")
    ]


# --- messages and the log ---


async def test_messages_are_told_without_what_they_said(done, tmp_path):
    """Of what kind, to whom, when due, what came of it; nothing of the body, not who has shut the bot out."""

    async def plan(session: Session, me: Person) -> None:
        for code in ("hoa", "duc"):
            somebody = await done.person(session, code)
            body = {"id": "x", "values": {"name": SECRET}}
            await notices.plan(session, "reminder", "NC:2026-11", somebody.id, body, done.now)
        await session.execute(f"update people set blocked_at = 1 where code = 'duc' and {me.id} > 0")  # noqa: S608
        await session.execute("update notices set state = 'sent', attempts = 2 where person_id = 3")

    await done.act("hung", plan)
    made = await done.whole(tmp_path, "2026-11")
    columns = ("kind", "person", "unit_code", "state", "due_at")
    assert sorted(said(made["deliveries"], *columns)) == [
        ("reminder", "(đã chặn trợ lý)", "NC", "pending", "2026-11-18T08:00:00+07:00"),
        ("reminder", "Võ Thị Hoa", "TH", "pending", "2026-11-18T08:00:00+07:00"),
    ]
    assert SECRET not in json.dumps(made, ensure_ascii=False)
    told = (await done.file(tmp_path, "zip")).read_bytes()
    assert SECRET.encode() not in told


async def test_the_log_says_who_did_what(done, tmp_path):
    """Acts by their code in JSON and in words for people; the program itself is named as such."""
    await done.nominate("lan", "lan2")

    async def by_itself(session: Session, _me: Person) -> None:
        await access.note(session, None, "erase", "person", 9, done.now, "again")

    await done.act("hung", by_itself)
    made = await done.tables(tmp_path, "2026-11")
    assert said(made["audit"], "act", "subject", "person", "detail")[-2:] == [
        ("nominate", "endorsement", "Nguyễn Thị Lan", ""),
        ("erase", "person", "(trợ lý tự làm)", "again"),
    ]
    later = done.now + timedelta(days=30)
    done.now = later
    assert (await done.tables(tmp_path, "2026-12"))["audit"] == []


async def test_who_was_erased_is_in_no_table(done, tmp_path):
    """As nominee, nominator, recipient, actor or on paper: the name is nowhere, the rows stay."""
    exemplar = await done.honoured("lan2", "minh", "NC", "Số hóa trọn vẹn kho lưu trữ của phòng.")
    await done.nominate("lan2", "tuan", KEPT)
    await published(done, exemplar)

    async def leave(session: Session, me: Person) -> None:
        sheet = Sheet(date(2026, 11, 17))
        await papers.add_paper(session, Subject.CONSENT, exemplar.id, sheet, me.id, me.id, done.now)
        await erase_person(session, me, START.date(), done.now)

    await done.act("lan2", leave)
    made = await done.tables(tmp_path)
    assert {row["person"] for row in made["papers"]} == {GONE}
    assert GONE in {row["person"] for row in made["audit"]}
    assert GONE in {row["nominator"] for row in made["nominations"]} | {
        row["person"] for row in made["audit"]
    }
    assert made["exemplars"][0]["nominee"] == GONE
    assert "Số hóa trọn vẹn" not in json.dumps(made, ensure_ascii=False)


@pytest.mark.parametrize("table", ["deliveries", "audit"])
async def test_that_somebody_declined_is_not_told_by_the_log(done, tmp_path, table):
    """Who was asked and who answered would tell of it: they are not named there, others are."""
    number: NominationId = await done.nominate("lan", "lan2")
    await done.choose("minh", (number, "Số hóa trọn vẹn kho lưu trữ của phòng."))
    (exemplar,) = await done.accept("NC")
    await done.consent(exemplar, Consent.DECLINED)
    named = {row["person"] for row in (await done.tables(tmp_path))[table]}
    assert WITHHELD in named
    assert len(named) > 1
