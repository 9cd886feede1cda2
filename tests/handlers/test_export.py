"""/xuat: what the secretariat gets, in which forms."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from tests.conftest import office_config
from tests.exemplars import honoured
from tests.office import Office
from tests.phones import Phone


@pytest.fixture
def config(database_url, tmp_path, monkeypatch):
    """A configuration that names the test's own database; files go to the test's own folder."""
    monkeypatch.chdir(tmp_path)
    config = office_config()
    return replace(config, storage=replace(config.storage, url=database_url))


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


async def test_the_three_forms_tell_the_same(office):
    """An honoured exemplar stands in the workbook, in JSON, and in one of the archive's .csv files."""
    exemplar = await honoured(office)
    name, content = await exported(office, "JSON")
    made = json.loads(content)
    assert name == "de-cu-2026-11.json"
    assert [row["code"] for row in made["exemplars"]] == [exemplar.id]
    name, content = await exported(office, "Excel")
    assert name == "de-cu-2026-11.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Gương điển hình"]
    assert sheet["A2"].value == exemplar.id
    name, content = await exported(office, "CSV")
    assert name == "de-cu-2026-11.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = next(entry for entry in archive.namelist() if "guong-dien-hinh" in entry)
        rows = list(csv.reader(io.StringIO(archive.read(entry).decode("utf-8-sig"))))
    assert rows[1][0] == str(exemplar.id)


async def test_another_month_tells_nothing_of_it(office):
    """The period asked for is the period told."""
    await honoured(office)
    made = json.loads((await exported(office, "JSON", "Tháng 10/2026"))[1])
    assert (made["exemplars"], made["honours"], made["answers"]) == ([], [], [])
