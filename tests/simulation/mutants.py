"""Breaks the core on purpose, one change at a time, and lives until the judge notices: `make mutants`.

Prints which change was caught by which seed and how; ends with 1 if one survives, or fits no longer.
"""

import argparse
import importlib.machinery
import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.simulation.changes import CHANGES, UNCHANGED, Change

_ROOT = Path(__file__).parents[2]
_MOST_S = 300


def apply(change: Change) -> None:
    """From now on the house's files read as changed. Raises LookupError for a change that does not fit."""
    texts: dict[Path, str] = {}
    for file, old, new in change.replacements:
        path = _ROOT / file
        text = texts.get(path) or path.read_text(encoding="utf-8")
        if not old:
            continue
        if old not in text:
            raise LookupError(f"{file} has no {old!r}")
        texts[path] = text.replace(old, new)
    _change_modules(texts)
    _change_files(texts)


def _change_modules(texts: dict[Path, str]) -> None:
    loader: Any = importlib.machinery.SourceFileLoader
    data, stats = loader.get_data, loader.path_stats

    def changed_data(self: object, path: str) -> bytes:
        text = texts.get(Path(path))
        return data(self, path) if text is None else text.encode()

    def changed_stats(self: object, path: str) -> object:
        if Path(path) in texts:
            raise OSError("what is compiled already is not this")
        return stats(self, path)

    loader.get_data, loader.path_stats = changed_data, changed_stats


def _change_files(texts: dict[Path, str]) -> None:
    read = Path.read_text

    def changed(self: Path, *given: Any, **named: Any) -> str:
        text = texts.get(self)
        return read(self, *given, **named) if text is None else text

    setattr(Path, "read_text", changed)  # noqa: B010 - so that no type is claimed


def _live_changed(name: str, seed: int) -> int:
    """In a process of its own: apply one change, live one small year, and print what is wrong as JSON."""
    apply(next(change for change in (UNCHANGED, *CHANGES) if change.name == name))
    from tests.simulation.outcome import Size  # noqa: PLC0415
    from tests.simulation.simulate import live  # noqa: PLC0415 - only now, so that it reads what is changed

    lived = live(seed, Size(units=20, people=60, rounds_a_death=24))
    sys.stdout.write(
        json.dumps([dict(lived.verdict.wrong), lived.verdict.stories[:1]], ensure_ascii=False) + "\n"
    )
    return 0


def _hunt(change: Change, seeds: Sequence[int]) -> tuple[bool, str]:
    """Whether some year noticed, and how."""
    for seed in seeds:
        command = [
            sys.executable,
            "-m",
            "tests.simulation.mutants",
            "--one",
            change.name,
            "--seed",
            str(seed),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - ourselves
                command, capture_output=True, text=True, timeout=_MOST_S, check=False, cwd=_ROOT
            )
        except subprocess.TimeoutExpired:
            return True, f"seed {seed}: it does not end"
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["?"])[-1]
            return "LookupError" not in last, f"seed {seed}: {last[:150]}"
        wrong, stories = json.loads(done.stdout.splitlines()[-1])
        if wrong:
            sorts = ", ".join(
                f"{n} × {sort}" for sort, n in sorted(wrong.items(), key=lambda item: -item[1])[:3]
            )
            return True, f"seed {seed}: {sorts}; {stories[0][:150]}"
    return False, f"survives {len(seeds)} years"


def main(arguments: Sequence[str] | None = None) -> int:
    """What the command line does; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.mutants", description=__doc__)
    parser.add_argument("--one", help="only this change, in this process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", type=int, default=8, help="how many to live at most with each change")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="only changes with these words in their names")
    given = parser.parse_args(arguments)
    if given.one:
        return _live_changed(given.one, given.seed)
    chosen = [change for change in CHANGES if given.only in change.name]
    seeds = range(given.seed, given.seed + given.years)
    survivors = 0
    noticed, how = _hunt(UNCHANGED, seeds)
    sys.stdout.write(f"{UNCHANGED.name}\n    {how}\n")
    with ThreadPoolExecutor(given.jobs) as hunters:
        for change, (caught, how) in zip(
            chosen, hunters.map(lambda change: _hunt(change, seeds), chosen), strict=True
        ):
            survivors += not caught
            sys.stdout.write(f"{change.name}\n    {'caught by' if caught else 'NOT CAUGHT:'} {how}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} changes, {len(chosen) - survivors} caught\n")
    return 1 if survivors or noticed else 0


if __name__ == "__main__":
    sys.exit(main())
