"""What is made today about a period long over carries the names of then: agency, units, plan, who signs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.documents.document_files import make_document
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.periods import read_period
from tests.exemplars import honoured
from tests.office import Office
from tests.operations.outputs import text_of
from tests.operations.test_unit_names import put
from tests.phones import PICTURE

RENAMED = datetime(2027, 1, 4, 1, tzinfo=UTC)
RECORDS = """
[[agency]]
short_name = "Văn phòng UBND tỉnh"
[[agency]]
from = 2027-01-04
name = "Văn phòng Tỉnh ủy"
parent = "Tỉnh ủy"
place = "Biên Hòa"
symbol = "VPTU"

[[plan]]
number = "11/KH-VP"
date = 2026-02-02
title = "Kế hoạch của năm cũ"
[[plan]]
number = "22/KH-VPTU"
date = 2027-01-05
title = "Kế hoạch của năm mới"

[[signer]]
post = "Chánh Văn phòng"
name = "Người Ký Trước"
[[signer]]
post = "Chánh Văn phòng"
name = "Người Ký Sau"
from = 2027-01-04

[[recipients]]
to = ["Nơi nhận trước"]
[[recipients]]
to = ["Nơi nhận sau"]
from = 2027-01-04
"""
BEFORE = ("Phòng Nội chính", "11/KH-VP", "Người Ký Trước", "Nơi nhận trước")
SINCE = ("Phòng Pháp chế", "22/KH-VPTU", "Người Ký Sau", "Nơi nhận sau")


@pytest.fixture
async def renamed(office: Office, tmp_path) -> Office:
    """An office that has had other names since January, in February; somebody was honoured in each time."""
    file = tmp_path / "records.toml"
    file.write_text(RECORDS, "utf-8")
    await office.reconfigure(documents=replace(office.config.documents, records=str(file)))
    await honoured(office, "lan2", nominator="duc")
    await put(office.database, RENAMED, ["NC", "Phòng Pháp chế", "PC"])
    office.clock.at = datetime(2027, 2, 10, 1, tzinfo=UTC)
    await honoured(office, "lan2", nominator="duc", period="2027-01")
    return office


async def document(office: Office, kind: DocumentKind, period: str) -> str:
    """All its words."""
    ask = DocumentAsk(read_period(period))
    async with office.database.reading() as session:
        made = await make_document(session, kind, ask, office.config, office.clock())
    return text_of(made.content)


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not DocumentKind.ACHIEVEMENTS])
async def test_a_document_carries_the_names_of_its_period(renamed: Office, kind: DocumentKind):
    """Those of the other time stand nowhere in it."""
    of_november, of_january = [await document(renamed, kind, period) for period in ("2026-11", "2027-01")]
    assert "Phòng Nội chính" in of_november
    assert "Phòng Pháp chế" in of_january
    assert [name for name in SINCE if name in of_november] == []
    assert [name for name in BEFORE if name in of_january] == []


async def test_it_is_signed_and_sent_as_it_was_then(renamed: Office):
    """With the plan (the report), the signer (the list) and the recipients of the period's last day."""
    kinds = (DocumentKind.REPORT, DocumentKind.LIST)
    of_november, of_january = [
        "\n".join([await document(renamed, kind, period) for kind in kinds])
        for period in ("2026-11", "2027-01")
    ]
    assert [name for name in BEFORE if name not in of_november] == []
    assert [name for name in SINCE if name not in of_january] == []


async def test_a_summary_names_units_as_they_were(renamed: Office, monkeypatch):
    """By their short names on the screen and in the chart; leafing on brings the new ones."""
    monkeypatch.setattr("bot.sending.draw_chart_apart", lambda _chart: PICTURE)
    chanh = renamed.phone("chanh")
    await chanh.send("/tonghop")
    assert "PC" in chanh.screen
    await chanh.tap_data("s:0:0:see:2026-11")
    assert "NC 1" in chanh.screen
    assert "PC" not in chanh.screen
