"""The pixels of a PNG as resvg writes them: eight bits each of red, green, blue, opacity; not interlaced."""

import zlib
from collections.abc import Sequence


def pixels(png: bytes) -> list[list[bytes]]:
    """The rows from the top, each a list of four bytes a pixel."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, width, height = 8, b"", 0, 0
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
            assert body[8:] == bytes([8, 6, 0, 0, 0])
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    raw, rows = zlib.decompress(data), []
    before = bytearray(width * 4)
    for row in range(height):
        start = row * (width * 4 + 1)
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * 4]), before)
        rows.append([bytes(before[column : column + 4]) for column in range(0, width * 4, 4)])
    return rows


def _unfiltered(kind: int, line: bytearray, before: Sequence[int]) -> bytearray:
    for at in range(len(line)) if kind else ():
        left, above = line[at - 4] if at >= 4 else 0, before[at]
        corner = before[at - 4] if at >= 4 else 0
        guesses = (0, left, above, (left + above) // 2, _paeth(left, above, corner))
        line[at] = (line[at] + guesses[kind]) & 0xFF
    return line


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
