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
        (ENTRY + 'lunar = "1/1"', '[day x] date: found "1/2", expected either date or lunar'),
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
        (ENTRY + "sent = true", "[day x] sent: expected a known name, perhaps send"),
        (ENTRY + "base_year = 'x'", '[day x] base_year: found "x", expected a whole number'),
        ("[[day", "[big_days] file: found"),
        ("[[day", "expected TOML; the file breaks off"),
        ("[[day]]\nid = x", "expected TOML; look at line 2, column 6"),
        ("", "[big_days] day: expected entries that begin with the line [[day]]"),
        (ENTRY + "[[days]]", "[big_days] days: expected a known name, perhaps day"),
        (ENTRY + "[other]", "[big_days] other: expected a known name, one of: day"),
        (ENTRY.replace("Ngày", "") + ENTRY, '[day 2] id: found "x", expected a short name'),
        (ENTRY + 'sned = "x"', "[day x] sned: expected a known name, perhaps send"),
        (ENTRY + 'colour = "red"', "[day x] colour: expected a known name, one of: id, date, lunar"),
        (
            ENTRY.replace("date", "lunar").replace("1/2", "31/1"),
            '[day x] lunar: found "31/1", expected a lunar',
        ),
        (ENTRY.replace('"1/2"', '"1/13"'), '[day x] date: found "1/13", expected a day/month'),
        (ENTRY.replace('"1/2"', "1979-05-27"), "[day x] date: found 1979-05-27, expected a day/month"),
        (ENTRY + 'text = "{years:x}"', "[day x] text: found"),
        (ENTRY + 'text = "{year!r}"', "[day x] text: found"),
        (ENTRY + 'text = "{name[vi]}"', "[day x] text: found"),
        (ENTRY + 'text = " "', "[day x] text: found"),
        (
            ENTRY + 'tone = "solemn"\ntext = "Kính nhớ 🌸"',
            "expected words without emoji, since the day is solemn",
        ),
        (
            ENTRY + 'tone = "solemn"\ntext_id = "big_day.tet"',
            '[day x] text_id: found "big_day.tet", expected one of: big_day.martyrs, big_day.ancestors',
        ),
        (
            ENTRY + 'text_id = "big_day.solemn"',
            '[day x] text_id: found "big_day.solemn", expected one of: big_day.call, big_day.national',
        ),
        (ENTRY + 'audience = { unit = ["A"] }', "[day x] audience: found {…}, expected { units ="),
        (ENTRY + 'audience = { units = "A" }', "[day x] audience: found {…}, expected { units ="),
        (ENTRY + "audience = { units = [1] }", "[day x] audience: found {…}, expected { units ="),
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


def test_a_day_without_words_gets_those_of_its_tone(tmp_path):
    """A solemn day is never greeted merrily for want of a line."""
    more = (
        ENTRY.replace('"x"', '"y"') + "base_year = 2000\n" + ENTRY.replace('"x"', '"z"') + 'tone = "solemn"'
    )
    days = read_big_days(write(tmp_path, ENTRY + more))
    assert [day.text_id for day in days] == ["big_day.festive_plain", "big_day.festive", "big_day.solemn"]


def test_a_file_that_is_no_utf8_is_said_to_be(tmp_path):
    """A file saved by an old editor is no broken program."""
    path = tmp_path / "days.toml"
    path.write_bytes(ENTRY.encode("utf-16"))
    with pytest.raises(BigDayMistakes, match="expected a text file saved as UTF-8"):
        read_big_days(path)


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
