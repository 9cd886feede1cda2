"""From the start of `guongsang run` to its first poll, beside `python -c "import telegram.ext"`.

python -m benchmarks.start [--quick]
"""

import signal
import subprocess
import sys
import time
import uuid

from benchmarks.measuring import HERE, Place, median, run_alone


def benchmark(place: Place) -> None:
    """Print both, in turns."""
    url = place.office(place.databases()["SQLite"], place.size(256, 12))
    bare_s, ours_s = [], []
    for turn in range(place.size(7, 1) + 1):
        imported, polled = _import_s(), _first_poll_s(place, url)
        if turn:  # the first warms the disk's cache
            bare_s.append(imported)
            ours_s.append(polled)
    print(
        f"import telegram.ext {median(bare_s):.2f} s, guongsang run to its first poll {median(ours_s):.2f} s"
    )
    print(f"  ratio {median(ours_s) / median(bare_s):.2f}")


def _import_s() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import telegram.ext"], check=True)
    return time.perf_counter() - began


def _first_poll_s(place: Place, url: str) -> float:
    token = f"1:{uuid.uuid4().hex}AAA"
    config = place.folder / "start.toml"
    telegram = f'token = "{token}"\nbase_url = "{place.base_url}"\nbase_file_url = "{place.base_file_url}"'
    config.write_text(f'[telegram]\n{telegram}\n[storage]\nurl = "{url}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    began = time.time()
    with subprocess.Popen(command, cwd=HERE.parent, stderr=subprocess.DEVNULL) as running:  # noqa: S603
        try:
            polled_at: float = place.stub.ask(bot=token, first_poll=True)["at"]
        finally:
            running.send_signal(signal.SIGTERM)
    return polled_at - began


if __name__ == "__main__":
    run_alone(benchmark)
