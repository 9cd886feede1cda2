"""/xuat: what the secretariat gets, in which forms; files that are stopped, or made again."""

import asyncio
import csv
import io
import json
import multiprocessing
import os
import signal
import zipfile
from typing import Any

import openpyxl
import pytest

from bot import exports
from bot.tasks import files_folder
from storage import access, jobs
from tests.exemplars import honoured
from tests.office import Office
from tests.phones import Phone


@pytest.fixture
def config(config_with_files):
    """A configuration that names the test's own database; files go to the test's own folder."""
    return config_with_files


def last_file(office: Office, phone: Phone) -> tuple[str, bytes]:
    """The newest file that the bot sent: its name and its bytes."""
    shown = next(m.raw["document"] for m in reversed(phone.messages()) if m.from_bot and m.raw["document"])
    world = office.telegram.world
    held = world.find_file(shown["file_id"])
    assert held is not None
    return shown["name"], world.file_bytes(held["path"]) or b""


async def exported(office: Office, form: str, period: str = "Tháng 11/2026") -> tuple[str, bytes]:
    """What the secretariat gets for a period."""
    hung = office.phone("hung")
    await hung.send("/xuat")
    await hung.tap(period)
    await hung.tap(form)
    return last_file(office, hung)


async def test_a_period_is_chosen_typed_or_changed(office):
    """Two by two; [Chọn kỳ khác] leads back; a typed one is not asked; nonsense is explained."""
    hung = office.phone("hung")
    await hung.send("/xuat")
    periods = hung.last.labels
    assert periods[:2] == ["Tháng 11/2026", "Tháng 10/2026"]
    assert periods[-3:] == ["Năm 2026", "Năm 2025", "Tất cả các kỳ"]
    await hung.tap("Năm 2025")
    await hung.tap("Chọn kỳ khác")
    assert hung.last.labels == periods
    await hung.send("/xuat quý 3")
    assert "quý 3/2026" in hung.last.text
    assert hung.last.labels == ["Excel", "CSV", "JSON", "Chọn kỳ khác"]
    await hung.send("/xuat tất cả")
    assert "tất cả các kỳ" in hung.last.text
    await hung.send("/xuat mọi thứ")
    assert "chưa hiểu kỳ “mọi thứ”" in hung.last.text


async def test_the_three_forms_tell_the_same(office):
    """An honoured exemplar stands in the workbook, in JSON, and in one of the archive's .csv files."""
    exemplar = await honoured(office)
    name, content = await exported(office, "JSON")
    made = json.loads(content)
    assert name == "so-lieu-2026-11.json"
    assert [row["code"] for row in made["exemplars"]] == [exemplar.id]
    name, content = await exported(office, "Excel")
    assert name == "so-lieu-2026-11.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Gương điển hình"]
    assert sheet["A2"].value == exemplar.id
    name, content = await exported(office, "CSV")
    assert name == "so-lieu-2026-11.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = next(entry for entry in archive.namelist() if "guong-dien-hinh" in entry)
        rows = list(csv.reader(io.StringIO(archive.read(entry).decode("utf-8-sig"))))
    assert rows[1][0] == str(exemplar.id)


async def test_another_month_tells_nothing_of_it(office):
    """The period asked for is the period told."""
    await honoured(office)
    made = json.loads((await exported(office, "JSON", "Tháng 10/2026"))[1])
    assert (made["exemplars"], made["honours"], made["answers"]) == ([], [], [])


# --- stopped, begun again ---


def hasty(office: Office) -> Phone:
    """The secretariat's phone, whose taps are received and answered while the work waits."""

    async def receive() -> None:
        while await office.bot.poller.poll_once():
            await office.bot.screens.idle()

    return Phone(office.telegram, office.phone("hung").user_id, settle=receive)


async def asked(office: Office, form: str = "Excel") -> Phone:
    """A file has been asked for, and is not begun."""
    hung = hasty(office)
    await hung.send("/xuat")
    await hung.tap("Tất cả các kỳ")
    await hung.tap(form)
    return hung


def files(office: Office) -> list[str]:
    """What the bot keeps for tasks."""
    folder = files_folder(office.config.storage)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def sent(phone: Phone) -> list[Any]:
    """The files in a chat."""
    return [one for one in phone.messages() if one.raw["document"]]


async def workers() -> list[Any]:
    """The processes that make files, as soon as there is one."""
    while not (found := multiprocessing.active_children()):  # noqa: ASYNC110 - it tells nobody that it began
        await asyncio.sleep(0)
    return found


async def acts(office: Office) -> list[str]:
    """What the log says was done with exports."""
    async with office.database.reading() as session:
        return [line["act"] for line in await access.list_audit(session) if "export" in line["act"]]


async def test_a_file_is_stopped_before_it_is_begun(office):
    """[Dừng], twice: no file is made or sent, the person is told once, and the log says it once."""
    hung = await asked(office)
    assert "Đang lập tệp" in hung.screen
    stop = hung.last.raw["buttons"][0][0]["data"]
    await hung.tap("Dừng")
    assert "Đang dừng lập tệp" in hung.screen
    await hung.tap_data(stop)
    await office.settle()
    assert "Đã dừng lập tệp (tất cả các kỳ)" in hung.screen
    assert (sent(hung), files(office)) == ([], [])
    assert await acts(office) == ["stop_export"]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGSTOP there")
async def test_a_file_is_stopped_while_it_is_made(office, monkeypatch):
    """The process that makes it is ended, and nothing of it is left."""
    monkeypatch.setattr(exports, "LONG", 0)
    monkeypatch.setattr(exports, "_LOOK_EVERY_S", 0.01)
    hung = await asked(office)

    async def stop() -> None:
        for child in await workers():
            os.kill(child.pid, signal.SIGSTOP)  # so that it is not done before
        await hung.tap("Dừng")

    await asyncio.gather(office.bot.tasks.run_due(), stop())
    assert not multiprocessing.active_children()
    await office.settle()
    assert "Đã dừng lập tệp" in hung.screen
    assert (sent(hung), files(office)) == ([], [])


async def test_what_is_made_is_not_stopped(office):
    """After the end the button says so, and the file stays."""
    hung = await asked(office)
    stop = hung.last.raw["buttons"][0][0]["data"]
    await office.settle()
    assert len(sent(hung)) == 1
    await hung.tap_data(stop)
    assert "đã lập xong" in (hung.toast or "")
    assert await acts(office) == ["export"]


async def test_nobody_stops_the_file_of_somebody_else(office):
    """Whatever the button claims: the other's file is made and sent, and who is no clerk is turned away."""
    await asked(office)
    mai = office.phone("mai")
    async with office.database.transaction() as session:
        others = await jobs.add_task(session, "export", await office.person_id("mai"), {}, office.clock())
        made = await jobs.begin_task(session, office.bot.tasks.kinds)
        assert made is not None
    clerk = hasty(office)
    await clerk.tap_data(f"e:{others}:0:stop:")
    assert "do người khác yêu cầu" in (clerk.toast or "")
    await mai.send("/trogiup")
    await mai.tap_data(f"e:{made.id}:0:stop:")
    await office.settle()
    assert len(sent(office.phone("hung"))) == 1
    assert "stop_export" not in await acts(office)


async def test_a_worker_that_dies_is_begun_again(office, monkeypatch):
    """Its process is killed from outside: the task waits, is done anew, and one file arrives."""
    monkeypatch.setattr(exports, "LONG", 0)
    monkeypatch.setattr(exports, "_LOOK_EVERY_S", 0.01)
    hung = await asked(office)

    async def kill() -> None:
        for child in await workers():
            child.kill()

    with pytest.raises(exports.WorkerDied):
        await asyncio.gather(office.bot.tasks.run_due(), kill())
    assert files(office) == []
    await office.settle()
    assert len(sent(hung)) == 1


async def test_a_bot_that_stops_midway_makes_the_file_again(office, monkeypatch):
    """What was begun leaves no half file, and the next bot sends a whole one, once."""
    monkeypatch.setattr(exports, "LONG", 0)
    hung = await asked(office)
    working = asyncio.ensure_future(office.bot.tasks.run_due())
    await workers()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert (multiprocessing.active_children(), files(office)) == ([], [])
    await office.crash()
    await office.settle()
    (file,) = sent(hung)
    held = office.telegram.world.find_file(file.raw["document"]["file_id"])
    assert held is not None
    content = office.telegram.world.file_bytes(held["path"]) or b""
    assert "Tổng hợp" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames
