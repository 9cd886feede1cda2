"""The file of what documents carry, which an office may replace: read, or every mistake told."""

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from bot.config import Config, ConfigMistakes, load_config
from bot.domain.documents import DocumentKind
from bot.domain.records import Agency
from bot.record_files import RecordMistakes, read_records

OFFICE = Agency(name="Văn phòng")
PLAN = '[[plan]]\nnumber = "854/KH-VP"\ndate = 2024-04-02\ntitle = "Tuyên truyền"\n'
SIGNER = '[[signer]]\npost = "Chánh Văn phòng"\n'


def write(folder: Path, text: str) -> Path:
    """A file of the office's own."""
    path = folder / "records.toml"
    path.write_text(text, "utf-8")
    return path


def test_plan_854_comes_along():
    """With its number, date, bases and signer; slips of its scan are mended; no person signs by default."""
    records = Config().records
    day = date(2024, 6, 30)
    plan = records.plan_on(day)
    assert plan is not None
    assert (plan.number, plan.dated_on, plan.signer) == ("854/KH-VP", date(2024, 4, 2), "Nguyễn Kim Long")
    assert [base.split(" của ")[0] for base in plan.bases] == [
        "Kế hoạch số 73/KH-UBND ngày 01/3/2024",
        "Kế hoạch số 315-KH/TU ngày 22/01/2024",
    ]
    assert "Công Thông tin" not in str(plan)
    assert records.signature_on(day).name == ""
    assert records.archive_on(day) == "Lưu: VT, HCTC."
    assert records.agency_on(day).symbol == "VP"
    assert all(records.recipients_of(kind, day) for kind in DocumentKind)


def test_what_comes_along_explains_itself():
    """In both languages, naming every kind of document."""
    text = files("bot.data").joinpath("records.toml").read_text("utf-8")
    assert all(kind in text for kind in DocumentKind)
    assert set(tomllib.loads(text)) == {"agency", "plan", "signer", "law", "recipients"}


def test_an_offices_own_records_are_read(tmp_path):
    """The file is relative to the configuration's; lines lose the marks that documents set themselves."""
    write(
        tmp_path,
        f"""
        {PLAN}
        bases = ["Luật Thi đua, khen thưởng;", " Kế hoạch số 1. "]
        [[agency]]
        name = "Văn phòng Tỉnh ủy"
        parent = "Tỉnh ủy"
        archive = "- Lưu: VT, TH"
        from = 2025-07-01
        [[recipients]]
        to = ["- Chánh Văn phòng;", "Các phòng"]
        """,
    )
    (tmp_path / "config.toml").write_text("[documents]\nrecords = 'records.toml'\nfolder = 'mau'\n", "utf-8")
    config = load_config(tmp_path / "config.toml", {})
    records = config.records
    assert config.documents.folder == str(tmp_path / "mau")
    assert records.plans[0].bases == ("Luật Thi đua, khen thưởng", "Kế hoạch số 1")
    assert records.plan_on(date(2024, 4, 1)) is None
    assert records.agency_on(date(2025, 6, 30)).name == config.office.name
    assert records.agency_on(date(2025, 7, 1)).parent_name == "Tỉnh ủy"
    assert records.recipients_of("giao-ban", date(2025, 7, 1)) == ("Chánh Văn phòng", "Các phòng")
    assert records.archive_on(date(2025, 7, 1)) == "Lưu: VT, TH."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plan = 3", "[records] plan: expected entries that begin with the line [[plan]]"),
        ("[agency]\nname = 'x'", "[records] agency: expected entries that begin with the line [[agency]]"),
        ("[[plans]]", "[records] plans: expected a known name, perhaps plan"),
        ('[[plan]]\ndate = 2024-04-02\ntitle = "x"', "[plan 1] number: expected this line: it is needed"),
        ('[[plan]]\nnumber = "1/KH"\ntitle = "x"', "[plan 1] date: expected this line: it is needed"),
        (
            PLAN.replace("854/KH-VP", "KH-VP"),
            '[plan 1] number: found "KH-VP", expected the number and symbol of a document',
        ),
        (
            PLAN.replace("2024-04-02", '"02/4/2024"'),
            '[plan 1] date: found "02/4/2024", expected a day such as 2026-12-31, without quotation marks',
        ),
        (PLAN.replace("2024-04-02", "2024-04-02T07:00:00"), "expected a day such as 2026-12-31"),
        (
            PLAN + "until = 2024-04-01",
            "[plan 1] until: found 2024-04-01, expected a day not before from = 2024-04-02",
        ),
        (
            PLAN + "from = 2024-01-01\nuntil = 2023-12-31",
            "[plan 1] until: found 2023-12-31, expected a day not before from = 2024-01-01",
        ),
        (
            PLAN + "bases = 'x'",
            '[plan 1] bases: found "x", expected a list of 1 to 30 lines in quotation marks',
        ),
        (PLAN + "bases = []", "[plan 1] bases: found […], expected a list of 1 to 30 lines"),
        (PLAN + "bases = [';']", "[plan 1] bases: found […], expected a list of 1 to 30 lines"),
        (PLAN + "signers = 'x'", "[plan 1] signers: expected a known name, perhaps signer"),
        (
            PLAN + PLAN,
            "[plan 2] from: found 2024-04-02, expected a day behind those of [plan 1], which holds",
        ),
        (
            PLAN.replace("2024-04-02", "2025-01-01") + PLAN + "until = 2025-01-01",
            "[plan 1] from: found 2025-01-01, expected a day behind those of [plan 2], which holds",
        ),
        (SIGNER + SIGNER, "[signer 2] from: expected a day behind those of [signer 1], which holds"),
        ("[[signer]]\nname = 'x'", "[signer 1] post: expected this line: it is needed"),
        (
            SIGNER + "unit = 'TH'\n" + SIGNER + "unit = 'TH'",
            "[signer 2] from: expected a day behind those of [signer 1], which holds",
        ),
        (
            SIGNER + "in_place_of = 'x'\n" + SIGNER + "in_place_of = 'y'",
            "[signer 2] from: expected a day behind those of [signer 1], which holds until then",
        ),
        ("[[agency]]\n[[agency]]", "[agency 2] from: expected a day behind those of [agency 1]"),
        ("[[agency]]\nplace = ''", '[agency 1] place: found "", expected one line of 1 to 100 characters'),
        ("[[recipients]]\nkind = 'bao-cao'", "[recipients 1] to: expected this line: it is needed"),
        (
            "[[recipients]]\nkind = 'report'\nto = ['x']",
            '[recipients 1] kind: found "report", expected one of: bao-cao, danh-sach',
        ),
        (
            "[[recipients]]\nto = ['x']\n[[recipients]]\nto = ['y']",
            "[recipients 2] from: expected a day behind those of [recipients 1]",
        ),
        ("[[plan", "[documents] records: found"),
        ("[[plan", "expected TOML; the file breaks off"),
        ("[[plan]]\nnumber = 854/KH", "expected TOML; look at line 2"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, text, told):
    """With the entry and the line where it stands."""
    with pytest.raises(RecordMistakes) as raised:
        read_records(write(tmp_path, text), OFFICE)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PLAN + PLAN.replace("2024-04-02", "2024-04-03"),
        PLAN + "until = 2024-12-31\n" + PLAN + "from = 2025-01-01",
        SIGNER + SIGNER + "from = 2025-01-01",
        SIGNER + SIGNER + "in_place_of = 'Chánh Văn phòng'",
        SIGNER + SIGNER + "unit = 'HCTC'\n" + SIGNER + "unit = 'TH'",
        "[[recipients]]\nto = ['x']\n[[recipients]]\nkind = 'bao-cao'\nto = ['y']",
        "[[agency]]\nuntil = 2025-06-30\n[[agency]]\nfrom = 2025-07-01",
    ],
)
def test_entries_that_follow_each_other_are_fine(tmp_path, text):
    """One of the same sort ends where the next begins; other sorts do not disturb."""
    read_records(write(tmp_path, text), OFFICE)


def test_its_mistakes_are_told_with_those_of_the_configuration(tmp_path):
    """Whoever mends files sees everything in one reading."""
    write(tmp_path, PLAN.replace("number", "nubmer") + "until = 2020-01-01\n[[signer]]\ncolour = 1")
    (tmp_path / "days.toml").write_text("day = 3", "utf-8")
    (tmp_path / "config.toml").write_text(
        "[office]\nname = ''\n[big_days]\nfile = 'days.toml'\n[documents]\nrecords = 'records.toml'", "utf-8"
    )
    with pytest.raises(ConfigMistakes) as raised:
        load_config(tmp_path / "config.toml", {})
    assert [mistake.where for mistake in raised.value.mistakes] == [
        "[office] name",
        "[big_days] day",
        "[plan 1] nubmer",
        "[plan 1] number",
        "[plan 1] until",
        "[signer 1] colour",
        "[signer 1] post",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path):
    """Under the name by which the configuration calls it."""
    (tmp_path / "config.toml").write_text("[documents]\nrecords = 'nowhere.toml'", "utf-8")
    with pytest.raises(ConfigMistakes) as raised:
        load_config(tmp_path / "config.toml", {})
    (mistake,) = raised.value.mistakes
    assert (mistake.where, mistake.expected) == ("[documents] records", "config.expected.file")
