"""The data file of big days that an office may replace: read, or every mistake told."""

from pathlib import Path

import pytest

from bot.big_day_files import BigDayMistakes, read_big_days
from bot.config import ConfigMistakes, load_config
from bot.domain.audience import Audience
from bot.domain.big_days import Tone
from bot.domain.roles import Role

GOOD = """
[[day]]
id = "founding"
date = "5/9"
name = "Ngày thành lập cơ quan"
base_year = 1996
text = "Chào mừng {years} năm {name} ({day}/{base_year} - {day}/{year}). Kính chúc {you} sức khỏe."
audience = { units = ["HCTC"], roles = ["leader", "unit_head"] }

[[day]]
id = "lantern"
lunar = "15/1"
name = "Rằm tháng Giêng"
tone = "solemn"
text_id = "big_day.solemn"
send = false
"""


def write(folder: Path, text: str) -> Path:
    """A file of the office's own."""
    path = folder / "days.toml"
    path.write_text(text, "utf-8")
    return path


def test_an_offices_own_days_are_read(tmp_path):
    """Solar or lunar, with words of its own and an audience."""
    founding, lantern = read_big_days(write(tmp_path, GOOD))
    assert (founding.day, founding.month, founding.lunar, founding.years(2026)) == (5, 9, False, 30)
    assert founding.audience == Audience(("HCTC",), (Role.LEADER, Role.UNIT_HEAD))
    assert founding.name_en == founding.name
    assert (lantern.lunar, lantern.tone, lantern.send) == (True, Tone.SOLEMN, False)


def test_the_file_is_relative_to_the_configuration(tmp_path):
    """And goes into the timetable."""
    write(tmp_path, GOOD)
    (tmp_path / "config.toml").write_text("[big_days]\nfile = 'days.toml'\n", "utf-8")
    config = load_config(tmp_path / "config.toml", {})
    assert config.timetable.find_big_day("founding")
    assert config.timetable.find_big_day("call") is None


ENTRY = '[[day]]\nid = "x"\ndate = "1/2"\nname = "Ngày"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day = 3", "[big_days] day: expected entries that begin with the line [[day]]"),
        (ENTRY.replace('"1/2"', '"31/2"'), '[day x] date: found "31/2", expected a day/month of every year'),
        (ENTRY.replace('"1/2"', '"29/2"'), '[day x] date: found "29/2", expected a day/month of every year'),
        (
            ENTRY.replace("date", "lunar").replace("1/2", "30/12"),
            '[day x] lunar: found "30/12", expected a lunar day',
        ),
        (ENTRY + 'lunar = "1/1"', "[day x] date: expected either date or lunar"),
        ('[[day]]\nid = "x"\nname = "Ngày"', "[day x] date: expected either date or lunar"),
        (ENTRY + ENTRY, '[day 2] id: found "x", expected a short name'),
        (ENTRY.replace('"x"', '"Ngày lễ"'), '[day Ngày lễ] id: found "Ngày lễ", expected a short name'),
        ('[[day]]\ndate = "1/2"\nname = "Ngày"', "[day 1] id: expected one line of 1 to 200 characters"),
        (ENTRY + 'tone = "merry"', '[day x] tone: found "merry", expected one of: festive, solemn'),
        (
            ENTRY + 'text_id = "big_day.cal"',
            '[day x] text_id: found "big_day.cal", expected one of: big',
        ),
        (ENTRY + 'text_id = "big_day.call"', "[day x] base_year: expected base_year, since these words"),
        (ENTRY + 'text = "{years} năm"', "[day x] base_year: expected base_year, since these words"),
        (
            ENTRY + 'text = "{age} năm"',
            '[day x] text: found "{age} năm", expected words with no',
        ),
        (ENTRY + 'text = "{năm"', '[day x] text: found "{năm", expected words with no'),
        (ENTRY + 'audience = { roles = ["king"] }', "[day x] audience: found {…}, expected { units ="),
        (ENTRY + "sent = true", "[day x] sent: expected a known name, one of: send"),
        (ENTRY + "base_year = 'x'", '[day x] base_year: found "x", expected a whole number'),
        ("[[day", "expected TOML"),
    ],
)
def test_each_mistake_is_named(tmp_path, text, told):
    """Which entry, which key, what was found and what was expected; by `guongsang check` too."""
    path = write(tmp_path, text)
    with pytest.raises(BigDayMistakes) as wrong:
        read_big_days(path)
    assert told in str(wrong.value)
    (tmp_path / "config.toml").write_text("[big_days]\nfile = 'days.toml'\n", "utf-8")
    with pytest.raises(ConfigMistakes) as all_wrong:
        load_config(tmp_path / "config.toml", {})
    assert told in str(all_wrong.value)


def test_all_mistakes_are_told_at_once_and_a_missing_file_is_one(tmp_path):
    """Whoever mends the file sees everything in one reading."""
    with pytest.raises(BigDayMistakes) as wrong:
        read_big_days(write(tmp_path, ENTRY + "tone = 1\nsend = 2\n" + '[[day]]\nid = "y"\nname = ""\n'))
    assert [mistake.where for mistake in wrong.value.mistakes] == [
        "[day x] tone",
        "[day x] send",
        "[day y] name",
        "[day y] date",
    ]
    with pytest.raises(BigDayMistakes, match=r"\[big_days\] file"):
        read_big_days(tmp_path / "none.toml")
