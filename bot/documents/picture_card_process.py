"""A picture card drawn in a process of its own: while resvg draws, nothing else of its process goes on."""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Final

from bot.documents.picture_card import Card, draw_card

_PATIENCE_S: Final = 60


def draw_apart(card: Card) -> bytes:
    """As `draw_card`; to be called in a thread. Raises subprocess.SubprocessError where it fails."""
    photo = b64encode(card.photo).decode() if card.photo else None
    made = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", __name__],
        input=json.dumps({**asdict(card), "photo": photo}).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=_PATIENCE_S,
    )
    return made.stdout


def main() -> None:
    """Draw the card that comes in as JSON, and write the PNG out."""
    given = json.load(sys.stdin)
    photo = given.pop("photo")
    sys.stdout.buffer.write(draw_card(Card(**given, photo=b64decode(photo) if photo else None)))


if __name__ == "__main__":
    main()
