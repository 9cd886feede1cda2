"""The one clock: the machine's, or the sandbox's, which is the same in every process that reads its file."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.clock import TurnedClock, from_us, system_clock, to_us

REAL = datetime(2026, 11, 22, 8, tzinfo=UTC)
SHOWN = datetime(2026, 12, 20, 1, tzinfo=UTC)


@pytest.fixture
def machine(monkeypatch):
    """The machine's clock, moved by hand."""

    class Machine:
        at = REAL

    monkeypatch.setattr(clock, "system_clock", lambda: Machine.at)
    return Machine


def test_the_machines_clock_is_in_utc():
    """An instant always comes with its zone."""
    assert system_clock().utcoffset() == timedelta(0)


def test_a_clock_nobody_has_turned_shows_the_machines_time(machine, tmp_path):
    """Without its file it is the machine's."""
    assert TurnedClock(tmp_path / "clock.json")() == REAL


def test_a_turned_clock_runs_on(machine, tmp_path):
    """It shows what it was turned to, and as much later as the machine has moved."""
    turned = TurnedClock(tmp_path / "clock.json")
    turned.turn(SHOWN)
    assert turned() == SHOWN
    machine.at += timedelta(hours=2)
    assert turned() == SHOWN + timedelta(hours=2)


def test_a_clock_may_run_faster(machine, tmp_path):
    """A minute of the machine's is an hour."""
    turned = TurnedClock(tmp_path / "clock.json")
    turned.turn(SHOWN, speed=60)
    machine.at += timedelta(minutes=1)
    assert turned() == SHOWN + timedelta(hours=1)
    assert turned.speed == 60


def test_another_process_lives_in_the_same_time(machine, tmp_path):
    """The bot reads what the page has written, at once and after every further turn."""
    page, bot = TurnedClock(tmp_path / "clock.json"), TurnedClock(tmp_path / "clock.json")
    assert bot() == REAL
    for days in (0, 1, 2):
        page.turn(SHOWN + timedelta(days=days))
        machine.at += timedelta(seconds=5)
        assert bot() == page() == SHOWN + timedelta(days=days, seconds=5)
    assert [path.name for path in tmp_path.iterdir()] == ["clock.json"]


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_its_row(at):
    """To the microsecond, before 1970 too."""
    assert from_us(to_us(at)) == at


def test_an_instant_of_another_zone_is_the_same_instant():
    """08:00 in the office is 01:00 in the row."""
    office = timezone(timedelta(hours=7))
    assert from_us(to_us(datetime(2026, 11, 18, 8, tzinfo=office))) == datetime(2026, 11, 18, 1, tzinfo=UTC)
