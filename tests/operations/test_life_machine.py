"""People of every role do anything at any time, over and over: the office never comes to a forbidden state.

`make lives LIVES=300` lives longer, each time otherwise.
"""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.domain.exemplars import Exemplar
from storage.database import Session
from tests.conftest import _create_database
from tests.operations.life_office import Life
from tests.operations.life_rights import RIGHTS

LIVES = int(os.environ.get("GUONGSANG_LIVES", "0"))


def live(new_url: Callable[[], str], n: int, steps: int, **more: Any) -> "Counter[str]":
    """So many times three lives on databases of that kind; answers what was done, by its name in the log.

    Hypothesis likes to try what it has tried: each three have dice of their own.
    """
    done: Counter[str] = Counter()
    for nth in range(LIVES or n):
        life = type("Life", (Life,), {"new_url": staticmethod(new_url), "nth": nth, "seen": done})
        run_state_machine_as_test(life, settings=three(steps, **more))
    return done


def three(steps: int, **more: Any) -> settings:
    """Three lives of so many steps, the same every time; others where more are asked for."""
    return settings(
        max_examples=3,
        stateful_step_count=steps,
        derandomize=not LIVES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Any:
    """Makes an office on SQLite for each life."""
    folder = Path(tempfile.mkdtemp(prefix="lives-"))

    def new() -> str:
        path = folder / f"{uuid.uuid4().hex}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    yield new
    shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Callable[[], str]:
    """Makes an office on PostgreSQL for each life."""

    def new() -> str:
        name = f"life_{uuid.uuid4().hex}"
        asyncio.run(_create_database(postgres, name, postgres_template))
        return postgres.format(name=name)

    return new


def test_no_forbidden_state_on_sqlite(sqlite_url):
    """Whatever people do: one answer, nothing lost, no honour without consent, nobody beyond their rights."""
    never = RIGHTS.keys() - live(sqlite_url, 10, 20).keys()
    assert not never, f"never done: {never}"


def test_no_forbidden_state_on_postgresql(postgres_url):
    """The same on the other database, in fewer lives."""
    assert live(postgres_url, 2, 10)["honour"]


def _yes(*_args: object, **_more: object) -> None:
    """A check that lets everybody through."""


async def _lost(*_args: object, **_more: object) -> None:
    """A row that is not written."""


def _still_agreed(exemplar: Exemplar) -> Exemplar:
    """The consent goes over to words that nobody has seen."""
    return replace(exemplar, consent_version=exemplar.text_version + 1)


async def _unremoved(_session: Session, exemplar: Exemplar, *_more: object) -> Exemplar:
    return exemplar


BREAKAGES = {
    "anybody answers for a unit": ("bot.operations.choose_exemplars.check_head", _yes),
    "an answer is given after the close": ("bot.operations.answer_for_unit.check_period", _yes),
    "anybody accepts an answer": ("bot.operations.check_answer.check_secretariat", _yes),
    "anybody honours": ("bot.operations.honour.check_secretariat", _yes),
    "an honour without consent": ("bot.operations.honour.check_publishable", _yes),
    "an earlier answer is not kept": ("storage.choices.add_revision", _lost),
    "new words keep the old consent": ("bot.operations.prepare_exemplar._unasked", _still_agreed),
    "a declined honour stays": ("bot.operations.answer_consent.take_down", _unremoved),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_breakage_is_noticed(sqlite_url, monkeypatch, name):
    """Each rule that the office relies on, broken on purpose: some life comes upon it."""
    target, broken = BREAKAGES[name]
    monkeypatch.setattr(target, broken)
    if target.endswith("choose_exemplars.check_head"):
        monkeypatch.setattr("bot.operations.answer_for_unit.check_head", broken)
    with pytest.raises(AssertionError):
        live(sqlite_url, 40, 8, phases=[Phase.generate])
