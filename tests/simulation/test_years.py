"""What the year promises, whatever the weather: nothing lost, nothing doubled, nothing at a wrong hour.

More of it: `make simulate SEED=… YEARS=…`; that it would notice: `make mutants`.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.simulation.changes import CHANGES, Change
from tests.simulation.outcome import Size
from tests.simulation.simulate import live, main, table_of
from tests.simulation.virtual_time import Stuck, VirtualLoop, Wall, seconds_of

HOUSE = Path(__file__).parents[2]
SEEDS = range(2001, 2011)
SMALL = Size(units=12, people=40, days=70)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_of_sixty_units_in_any_weather(seed: int):
    """Crashes, outages, 429s, time-outs, wrong clocks, two bots: what had to arrive did, once, in time."""
    lived = live(seed, Size())
    assert not lived.verdict.wrong, "\n".join([*lived.verdict.stories, table_of(lived.verdict)])
    assert lived.died > 20
    assert lived.accepted > 1000
    kinds = {kind for kind, tally in lived.verdict.tallies.items() if tally.delivered}
    assert {"reminder", "overdue", "silent", "post", "post_review", "unreachable"} <= kinds


def test_a_year_is_lived_again_by_its_seed():
    """The same seed is the same year, message by message; another is another."""
    once, again, other = (live(seed, SMALL) for seed in (7, 7, 8))
    assert once.digest == again.digest
    assert once.digest != other.digest


def test_the_command_prints_the_numbers(capsys):
    """By kind, and that nothing is wrong; it ends with 0."""
    small = ["--units", "12", "--people", "40", "--days", "40", "--jobs", "1"]
    assert main(["--seed", "3", "--years", "1", *small]) == 0
    said = capsys.readouterr().out
    assert "expected  delivered   in doubt    expired       lost    doubled       late" in said
    assert "nothing lost, nothing doubled" in said


def test_virtual_time_jumps_and_never_hangs():
    """A day's sleep takes no time and ends a day later; waiting for nothing raises instead of waiting."""
    loop = VirtualLoop(1000.0)

    async def sleep_a_day() -> float:
        await asyncio.gather(*(asyncio.sleep(n * 7919.0) for n in range(5)))
        await asyncio.to_thread(lambda: None)
        await asyncio.sleep(86400 - (loop.time() - 1000.0))
        return loop.time()

    async def wait_for_less_than_can_be_told() -> None:
        until = loop.time() + 1e-5
        while loop.time() < until:  # noqa: ASYNC110 - the pace waits so
            await asyncio.sleep(1e-12)

    async def wait_for_nothing() -> None:
        await loop.create_future()

    assert loop.run_until_complete(sleep_a_day()) == pytest.approx(1000.0 + 86400)
    loop.run_until_complete(wait_for_less_than_can_be_told())
    with pytest.raises(Stuck):
        loop.run_until_complete(wait_for_nothing())
    loop.drop()


def test_the_wall_shows_the_loops_time_and_can_be_set_wrong():
    """True time goes on whatever the clock shows."""
    begin = datetime(2031, 1, 20, 1, tzinfo=UTC)
    wall, loop = Wall(begin), VirtualLoop(seconds_of(begin))
    wall.follow(loop)
    loop.run_until_complete(asyncio.sleep(60))
    wall.wrong = timedelta(hours=-3)
    assert abs(wall.true - begin - timedelta(minutes=1)) < timedelta(milliseconds=1)
    assert wall() == wall.true - timedelta(hours=3)
    loop.drop()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_each_change_of_make_mutants_still_fits_the_core(change: Change):
    """What it replaces stands in the file; else the core was changed and nothing would be proved."""
    for file, old, new in change.replacements:
        assert old in (HOUSE / file).read_text("utf-8")
        assert old != new
