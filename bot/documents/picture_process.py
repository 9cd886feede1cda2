"""Pictures drawn in a process of its own: while resvg draws, nothing else of its process goes on."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Final, TypeVar

What = TypeVar("What")
Drawn = TypeVar("Drawn")
_PATIENCE_S: Final = 60


def draw_apart(draw: Callable[[What], Drawn], what: What, *, patience_s: float = _PATIENCE_S) -> Drawn:
    """What `draw`, a module's function, makes of it; to be called in a thread.

    Raises subprocess.SubprocessError where it fails.
    """
    made = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", __name__],
        input=pickle.dumps((draw, what)),
        stdout=subprocess.PIPE,
        check=True,
        timeout=patience_s,
        start_new_session=True,  # Ctrl-C is for the bot, which lets what is on its way arrive
    )
    drawn: Drawn = pickle.loads(made.stdout)  # noqa: S301 - it comes from this very program
    return drawn


def main() -> None:
    """Draw what comes in, and write it out."""
    draw, what = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from this very program
    pickle.dump(draw(what), sys.stdout.buffer)


if __name__ == "__main__":
    main()
