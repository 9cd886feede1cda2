"""Who asked to be erased is nowhere in what is read, filed, published or taken away afterwards."""

import re

import pytest

from bot.domain.exemplars import Exemplar
from bot.domain.mentions import find_name
from bot.domain.periods import month_of
from bot.operations.articles import make_article
from bot.operations.settle_mention import drop_name
from bot.sandbox.faults import Fault
from bot.tasks import files_folder
from storage import mentions, people
from tests.exemplars import agreed, honoured
from tests.office import PEOPLE, Office
from tests.operations.erasing import MARKS, NAME, PHONE, live
from tests.operations.outputs import (
    FORMS,
    ROLES,
    every_command,
    every_document,
    every_export,
    every_summary,
    files_sent,
    text_of,
    the_article,
)
from tests.operations.test_erase_person import erase
from tests.phones import PICTURE


@pytest.fixture
def config(config_with_files):
    """A configuration that names the test's own database; files go to the test's own folder."""
    return config_with_files


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn as one grey point: what they show is read from what they were to be drawn of."""
    monkeypatch.setattr("bot.sending.draw_chart_apart", lambda _chart: PICTURE)


def told(text: str, name: str = NAME, phone: str = PHONE) -> list[str]:
    """What a text tells of somebody: the name in any spelling, the phone; of Đức what was written too."""
    found = [mark for mark in MARKS if mark.casefold() in text.casefold()] if name == NAME else []
    if find_name(text, name):
        found.append(name)
    if phone.removeprefix("+84") in re.sub(r"[\s.\-]", "", text):
        found.append(phone)
    return found


async def an_article(office: Office, *of: Exemplar) -> int:
    """A draft about them."""
    period = month_of(office.clock(), office.config.office.timezone)
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        picked = [one.id for one in of]
        made = await make_article(session, clerk, period, picked, office.config, office.clock())
    return made.article.id


async def mend_every_mention(office: Office) -> None:
    """The secretariat takes the name out of every text of others that it is shown."""
    async with office.database.transaction() as session:
        clerk = await people.find_by_code(session, "hung")
        assert clerk is not None
        while (mention := await mentions.next_open(session)) is not None:
            now = office.clock()
            today = now.astimezone(office.config.office.timezone).date()
            await drop_name(session, clerk, mention.id, "một đồng nghiệp", today, now)


async def everything(office: Office, article_id: int) -> dict[str, str]:
    """Every output, by what it is."""
    made = {f"document {kind}": text for kind, text in (await every_document(office)).items()}
    made |= {f"export {form}": text for form, text in (await every_export(office)).items()}
    made["article"] = await the_article(office, article_id)
    for role in ROLES:
        made[f"summary of the {role}"] = await every_summary(office, role)
        made[f"commands of the {role}"] = await every_command(office, role)
    return made


async def test_an_erased_person_is_nowhere_in_what_is_made(office: Office):
    """Summaries with their charts by every role and button, commands, documents, articles, exports.

    Before the erasure they are in all that may name them, so that there is something to be found.
    """
    office.may_be_refused = ("invalid file_id",)  # of cards that nobody has drawn
    mine, other = await live(office)
    group = await agreed(office, "duc", nominator="lan", name="Tổ hồ sơ", text="Trả hồ sơ trước hẹn.")
    article = await an_article(office, mine, other, group)
    before = await everything(office, article)
    naming = {what for what, text in before.items() if told(text)}
    assert naming >= {
        "article",
        *(f"export {form}" for form in FORMS),
        *(f"document {kind}" for kind in ("danh-sach", "thanh-tich", "bien-ban", "to-trinh", "giao-ban")),
        *(f"summary of the {role}" for role in ("leader", "head", "secretariat", "employee")),
        *(f"commands of the {role}" for role in ("head", "secretariat")),
    }
    again = await an_article(office, mine, other, group)

    await erase(office)
    await mend_every_mention(office)
    await office.settle()

    after = await everything(office, again)
    assert after.keys() == before.keys()
    assert {what: told(text) for what, text in after.items() if told(text)} == {}
    assert all(text.strip() for text in after.values())
    assert "Tổ hồ sơ" in after["article"]


async def test_an_erased_head_is_nowhere_either(office: Office):
    """Who answered for a unit, spoke for a group, wrote a lesson: what they did stays, without their name."""
    office.may_be_refused = ("invalid file_id",)
    _, other = await live(office)
    group = await agreed(office, "minh", nominator="lan", name="Tổ hồ sơ", text="Trả hồ sơ trước hẹn.")
    article = await an_article(office, other, group)
    code, name, *_, phone = next(row for row in PEOPLE if row[0] == "minh")
    await erase(office, code)
    made = {**await every_document(office), **await every_export(office)}
    made["article"] = await the_article(office, article)
    for role in ("leader", "secretariat"):
        made[role] = await every_summary(office, role) + await every_command(office, role)
    assert {what: told(text, name, phone) for what, text in made.items() if told(text, name, phone)} == {}
    assert "Tổ hồ sơ" in made["article"]


async def test_files_that_wait_while_telegram_is_away_are_made_anew(office: Office):
    """A document and an export made before the erasure go out without the person; nothing is lost."""
    await honoured(office, "duc", nominator="lan", text="CHUYỆN-RIÊNG: ba đêm trực.")
    await honoured(office, "tuan", nominator="lan")
    hung = office.phone("hung")
    office.telegram.faults.add(Fault("offline", method="sendDocument"))
    await hung.send("/vanban")
    await hung.tap_data("dc:0:0:make:danh-sach,2026-11")
    await hung.send("/xuat")
    await hung.tap("Tất cả các kỳ")
    await hung.tap("JSON")
    kept = [path.read_bytes() for path in files_folder(office.config.storage).iterdir()]
    assert [told(text_of(content)) for content in kept if told(text_of(content))]
    assert files_sent(office, hung) == []
    await erase(office)
    office.telegram.faults.clear()
    for _ in range(2):
        office.clock.turn(minutes=10)
        await office.settle()
    sent = dict(files_sent(office, hung))
    assert {name.rpartition(".")[2] for name in sent} >= {"docx", "json"}
    assert {name: told(text_of(content)) for name, content in sent.items() if told(text_of(content))} == {}
    assert all("Bùi Anh Tuấn" in text_of(content) for name, content in sent.items() if "pdf" not in name)
