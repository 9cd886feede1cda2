"""How fast messages go out, by a stopwatch that only waiting moves."""

from bisect import bisect_left
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import pace
from bot.pace import Pace

BY_HAND = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Stopwatch:
    """Stands still but for those who wait."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def time(self) -> float:
        return self.at_s

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.at_s += seconds


@pytest.fixture
def stopwatch(monkeypatch) -> Stopwatch:
    """The pace's clock and its way of waiting."""
    watch = Stopwatch()
    loop = SimpleNamespace(get_running_loop=lambda: watch, sleep=watch.sleep)
    monkeypatch.setattr(pace, "asyncio", loop)
    return watch


async def passes(measure: Pace, stopwatch: Stopwatch, chats: list[int]) -> list[float]:
    """When each message may go, one after another."""
    times = []
    for chat_id in chats:
        await measure.pass_(chat_id)
        times.append(stopwatch.at_s)
    return times


def most_within(times: list[float], seconds: float) -> int:
    """How many fall into the fullest window of some seconds."""
    return max(n - bisect_left(times, at - seconds + 1e-6) + 1 for n, at in enumerate(times))


@BY_HAND
@given(per_second=st.floats(0.5, 200), messages=st.integers(1, 200))
async def test_a_second_holds_no_more_than_its_measure(stopwatch, per_second, messages):
    """However many wait: no second has more than the measure and the one that was due."""
    times = await passes(Pace(per_second), stopwatch, list(range(messages)))
    assert most_within(times, 1.0) <= per_second + 2


async def test_the_measure_is_used_to_the_full(stopwatch):
    """A hundred messages at 25 a second take four seconds, not more."""
    began_s = stopwatch.at_s
    await passes(Pace(25), stopwatch, list(range(101)))
    assert stopwatch.at_s - began_s == pytest.approx(4.0, abs=0.1)


async def test_zero_is_no_limit(stopwatch):
    """Nobody waits at all."""
    began_s = stopwatch.at_s
    await passes(Pace(0, 0), stopwatch, [1] * 1000)
    assert stopwatch.at_s == began_s


async def test_a_chat_has_a_burst_and_no_more_than_its_measure(stopwatch):
    """Four at once, and in no four seconds more; after a rest it has its burst again."""
    measure, began_s = Pace(0, 1), stopwatch.at_s
    times = await passes(measure, stopwatch, [1] * 9)
    assert [round(at - began_s) for at in times] == [0, 0, 0, 0, 4, 4, 4, 4, 8]
    assert most_within(times, 4.0) == 4
    stopwatch.at_s += 60
    rested_s = stopwatch.at_s
    assert await passes(measure, stopwatch, [1] * 4) == [rested_s] * 4


async def test_a_busy_chat_keeps_nobody_else_waiting(stopwatch):
    """The measure is each chat's own."""
    measure = Pace(0, 1)
    await passes(measure, stopwatch, [1] * 4)
    assert [measure.chat_is_free(chat_id) for chat_id in (1, 2)] == [False, True]
    began_s = stopwatch.at_s
    assert await passes(measure, stopwatch, [2, 3]) == [began_s, began_s]


async def test_a_group_has_a_measure_of_its_own(stopwatch):
    """Twenty a minute, whatever a person's chat may have."""
    measure, began_s = Pace(0, 1, 20 / 60), stopwatch.at_s
    times = await passes(measure, stopwatch, [-100] * 21)
    assert [round(at - began_s) for at in times] == [0] * 20 + [60]


async def test_the_silence_that_telegram_asks_for_holds_for_all(stopwatch):
    """Nobody passes before it is over; a shorter one asked for meanwhile does not shorten it."""
    measure, began_s = Pace(25, 1), stopwatch.at_s
    measure.shut(10)
    measure.shut(2)
    first, *_ = await passes(measure, stopwatch, [1, 2])
    assert first - began_s == pytest.approx(10)


async def test_replies_have_slots_of_their_own_beside_broadcasts(stopwatch):
    """Broadcasts take 25 a second of 29; a reply in the middle waits no longer than for one of them."""
    measure = Pace(25, kept=4)
    waits = []
    for number in range(250):
        await measure.pass_broadcast(number)
        if number % 10 == 0:
            asked_s = stopwatch.at_s
            await measure.pass_(1000 + number)
            waits.append(stopwatch.at_s - asked_s)
    assert max(waits) <= 1 / 29 + 1e-9
    began_s = stopwatch.at_s
    for number in range(101):
        await measure.pass_broadcast(number)
    assert stopwatch.at_s - began_s == pytest.approx(4.0, abs=0.1)


async def test_no_second_holds_more_than_broadcasts_and_what_is_kept_for_replies(stopwatch):
    """However replies bunch up beside a broadcast: no second has more than 29 of both together."""
    measure, times = Pace(25, kept=4), []
    for number in range(300):
        go = measure.pass_broadcast if number % 60 < 40 else measure.pass_
        assert await go(number + 1)
        times.append(stopwatch.at_s)
    assert most_within(times, 1.0) == 29


async def test_what_is_under_way_counts_until_a_second_after_its_answer(stopwatch):
    """A message may reach Telegram at any moment until it is answered: no second of arrivals has too many."""
    measure, began_s = Pace(3), stopwatch.at_s
    with await measure.pass_(1):
        await passes(measure, stopwatch, [2, 3])
        stopwatch.at_s += 0.5
    times = await passes(measure, stopwatch, [4, 5, 6])
    assert [round(at - began_s, 3) for at in times] == [1.0, 1.0, 1.5]


async def test_the_shortest_way_to_telegram_costs_nothing(stopwatch):
    """Where no answer takes less than 100 ms the measure is used to the full; a slower one counts longer."""
    measure = Pace(10)
    for chat_id in range(1, 21):
        with await measure.pass_(chat_id):
            stopwatch.at_s += 0.1
    began_s = stopwatch.at_s
    for chat_id in range(21, 41):
        with await measure.pass_(chat_id):
            stopwatch.at_s += 0.1
    assert stopwatch.at_s - began_s == pytest.approx(2.0, abs=0.11)
    stopwatch.at_s += 5
    with await measure.pass_(50):
        stopwatch.at_s += 0.3
    answered_s = stopwatch.at_s
    times = await passes(measure, stopwatch, list(range(51, 62)))
    assert times[9] - answered_s == pytest.approx(0.9)


async def test_what_gets_no_answer_does_not_keep_the_others_for_ever(stopwatch):
    """It counts for two seconds at most."""
    measure, began_s = Pace(1), stopwatch.at_s
    with await measure.pass_(1):
        await measure.pass_(2)
        assert stopwatch.at_s - began_s == pytest.approx(2.0)


async def test_a_broadcast_does_not_wait_out_a_silence(stopwatch):
    """It is told at once that it may not go, so that its row is not on its way meanwhile; then it may."""
    measure, began_s = Pace(25), stopwatch.at_s
    measure.shut(10)
    assert await measure.pass_broadcast(1) is None
    assert stopwatch.at_s == began_s
    await measure.opened(1)
    assert stopwatch.at_s - began_s == pytest.approx(10)
    assert await measure.pass_broadcast(1)


async def test_after_a_silence_the_pace_is_halved_and_finds_back(stopwatch):
    """In the first second half of the measure, after a minute all of it again."""
    measure = Pace(20)
    await passes(measure, stopwatch, [0])
    measure.shut(1)
    times = await passes(measure, stopwatch, list(range(2000)))
    first_second = [at for at in times if at < times[0] + 1]
    assert 10 <= len(first_second) <= 12
    assert times[-1] - times[-401] == pytest.approx(20, abs=1.1)


async def test_many_silences_do_not_stop_it_for_good(stopwatch):
    """However often it is halved, one message a second still goes."""
    measure = Pace(20)
    for _ in range(50):
        measure.shut(1)
        await passes(measure, stopwatch, [0])
    began_s = stopwatch.at_s
    await passes(measure, stopwatch, [0])
    assert stopwatch.at_s - began_s <= 1


async def test_chats_long_at_rest_are_forgotten(stopwatch, monkeypatch):
    """The memory does not grow with the number of chats there ever were."""
    monkeypatch.setattr(pace, "_CHATS_REMEMBERED", 10)
    measure = Pace(0, 1)
    await passes(measure, stopwatch, list(range(1, 101)))
    assert list(measure._chats) == list(range(91, 101))
