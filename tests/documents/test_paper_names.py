"""The names that papers carry: those of the day they are about, and of who may sign."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.documents import DocumentKind
from bot.domain.people import Post
from bot.domain.records import Agency, Plan, Records, Signer
from bot.domain.roles import Role
from storage import people, units
from tests.documents.papers import lines, made, whole
from tests.exemplars import agreed
from tests.office import Office


async def name_unit(office: Office, code: str, name: str, on: date) -> None:
    """A unit has another name from a day on."""
    async with office.database.transaction() as session:
        row = next(row for row in await units.list_unit_rows(session) if row["code"] == code)
        kept = {key: row[key] for key in ("short_names", "parent_id", "from_on", "to_on")}
        await units.change_unit(session, row["id"], {"name": name, **kept}, on)


async def hold_posts(office: Office, code: str, *roles: Role) -> None:
    """From now on somebody has these roles in their own unit."""
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, code)
        assert person is not None
        await people.set_posts(session, person.id, [Post(role, person.unit_id) for role in roles])


async def call(office: Office, code: str, post: str) -> None:
    """The roster says another post of somebody."""
    async with office.database.transaction() as session:
        await session.execute(f"update people set post = '{post}' where code = '{code}'")  # noqa: S608 - a test's


def with_records(office: Office, **records: object) -> None:
    """The office documents what it is like itself."""
    given = Records(Agency(name="Văn phòng", parent_name="Tỉnh", place="Đồng Nai", symbol="VP"), **records)  # type: ignore[arg-type]
    config = replace(office.config)
    object.__setattr__(config, "records", given)
    office.config = config


async def test_an_old_month_has_its_old_names(office):
    """Unit, agency, plan and signer are those of the month's last day, whatever they are called now."""
    await agreed(office, "lan2", period="2025-03")
    await name_unit(office, "NC", "Phòng Nội chính - Pháp chế", date(2025, 7, 1))
    merged = date(2025, 7, 1)
    with_records(
        office,
        agencies=(Agency(name="Văn phòng cũ"), Agency(since=merged, name="Văn phòng mới")),
        plans=(
            Plan(
                number="12/KH-VP",
                dated_on=date(2025, 1, 5),
                title="Tuyên truyền năm 2025",
                since=date(2025, 1, 5),
            ),
            Plan(
                number="99/KH-VP",
                dated_on=date(2026, 1, 9),
                title="Tuyên truyền năm 2026",
                since=date(2026, 1, 9),
            ),
        ),
        signers=(
            Signer(post="Chánh Văn phòng", name="Trần Văn Trước"),
            Signer(since=merged, post="Chánh Văn phòng", name="Lê Văn Sau"),
        ),
    )
    old = whole(await made(office, DocumentKind.LIST, "2025-03"))
    assert "Phòng Nội chính - Pháp chế" not in old
    assert "Phòng Nội chính" in old
    assert "VĂN PHÒNG CŨ" in old
    assert "Trần Văn Trước" in old
    assert "Lê Văn Sau" not in old
    submission = whole(await made(office, DocumentKind.SUBMISSION, "2025-03"))
    assert (
        "Kế hoạch số 12/KH-VP ngày 05 tháng 01 năm 2025 của Văn phòng cũ về tuyên truyền năm 2025"
        in submission
    )
    assert "99/KH-VP" not in submission


@pytest.mark.parametrize(
    ("signers", "said"),
    [
        ((), ["CHÁNH VĂN PHÒNG"]),
        ((Signer(post="Chánh Văn phòng", name="Lê Văn A"),), ["CHÁNH VĂN PHÒNG", "Lê Văn A"]),
        (
            (Signer(post="Phó Chánh Văn phòng", name="Lê Văn B", in_place_of="Chánh Văn phòng"),),
            ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lê Văn B"],
        ),
    ],
)
async def test_the_list_is_signed_by_the_head_a_deputy_or_nobody_yet(office, signers, said):
    """The post stands above the place to sign; the name below it where somebody holds it."""
    with_records(office, signers=signers)
    ends = lines(await made(office, DocumentKind.LIST))
    assert ends[-len(said) :] == said


_CLERK = (Role.EMPLOYEE, Role.SECRETARIAT)
_ACTING = (Role.EMPLOYEE, Role.DEPUTY)


@pytest.mark.parametrize(
    ("roles", "posts", "said"),
    [
        ({}, {}, ["TRƯỞNG PHÒNG", "Trần Văn Hùng"]),
        (
            {"hung": _CLERK, "mai": _ACTING},
            {"mai": "Phó Trưởng phòng"},
            ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Lê Thị Mai"],
        ),
        ({"hung": _CLERK, "mai": _ACTING}, {}, ["TRƯỞNG PHÒNG"]),
        ({"hung": _CLERK}, {}, ["TRƯỞNG PHÒNG"]),
        (
            {},
            {"hung": "Phó Trưởng phòng phụ trách"},
            ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Trần Văn Hùng"],
        ),
    ],
    ids=["head", "deputy", "acting, no deputy", "nobody", "deputy in charge"],
)
async def test_what_goes_to_the_offices_head_comes_from_the_drafting_unit(office, roles, posts, said):
    """Whom it is addressed to does not sign it: the unit's head does, a deputy for them, or nobody yet.

    Who only answers for the head in chat is no deputy on paper.
    """
    await agreed(office, "lan2")
    for code, held in roles.items():
        await hold_posts(office, code, *held)
    for code, post in posts.items():
        await call(office, code, post)
    for kind, number in (
        (DocumentKind.SUBMISSION, "Số: ……/TTr-HCTC"),
        (DocumentKind.REPORT, "Số: ……/BC-HCTC"),
    ):
        document = await made(office, kind)
        at_top, at_foot = document.tables[0], document.tables[1]
        assert "\nPHÒNG HÀNH CHÍNH - TỔ CHỨC\n" in at_top.cell(0, 0).text
        assert at_top.cell(1, 0).text.split("\n")[0] == number
        assert [line for line in at_foot.cell(0, 1).text.split("\n") if line] == said


async def test_a_unit_that_is_no_phong_is_signed_for_by_its_own_head(office):
    """A Trung tâm has a Giám đốc, whether the post is filled or not; the roster's word goes first."""
    await name_unit(office, "HCTC", "Trung tâm Tổ chức", date(2026, 1, 1))
    await hold_posts(office, "hung", *_CLERK)
    foot = (await made(office, DocumentKind.SUBMISSION)).tables[1]
    assert [line for line in foot.cell(0, 1).text.split("\n") if line] == ["GIÁM ĐỐC"]
    await hold_posts(office, "hung", *_CLERK, Role.UNIT_HEAD)
    await call(office, "hung", "Quyền Giám đốc")
    foot = (await made(office, DocumentKind.SUBMISSION)).tables[1]
    assert [line for line in foot.cell(0, 1).text.split("\n") if line] == ["QUYỀN GIÁM ĐỐC", "Trần Văn Hùng"]


async def test_the_drafting_units_signer_of_then_is_written_down(office):
    """The roster knows today's head only: whom the records name for that day signs, and nobody else."""
    await agreed(office, "lan2", period="2025-03")
    with_records(
        office,
        signers=(Signer(until=date(2025, 6, 30), post="Trưởng phòng", name="Người Tiền Nhiệm", unit="HCTC"),),
    )
    then = whole(await made(office, DocumentKind.SUBMISSION, "2025-03"))
    assert "Người Tiền Nhiệm" in then
    assert "Trần Văn Hùng" not in then
    assert "Trần Văn Hùng" in whole(await made(office, DocumentKind.SUBMISSION))


async def test_what_is_addressed_to_somebody_goes_to_them_at_least(office):
    """Without recipients written down “Như trên” stands where the document says whom it is for."""
    with_records(office)
    for kind, first in (
        (DocumentKind.SUBMISSION, "- Như trên;"),
        (DocumentKind.REPORT, "- Như trên;"),
        (DocumentKind.LIST, "- Lưu: VT."),
    ):
        said = lines(await made(office, kind))
        assert said[said.index("Nơi nhận:") + 1] == first


async def test_the_unit_that_drafts_is_where_most_of_the_secretariat_is(office):
    """One clerk elsewhere, however early on the roster, does not make another unit the drafter."""
    await hold_posts(office, "hung", Role.EMPLOYEE, Role.UNIT_HEAD)
    await hold_posts(office, "duc", *_CLERK)
    await hold_posts(office, "tuan", *_CLERK)
    await hold_posts(office, "hoa", *_CLERK, Role.UNIT_HEAD)
    said = whole(await made(office, DocumentKind.SUBMISSION))
    assert "Phòng Tổng hợp kính trình" in said
    assert "Võ Thị Hoa" in said
