"""What the portal's editors are handed: the article in two forms, its pictures, and who has agreed to it."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from bot.documents.article import ArticleText, to_html, to_markdown

HTML, MARKDOWN, CONSENTS = "bai-viet.html", "bai-viet.md", "dong-y.txt"
PICTURES = "anh/"
_SORTS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpg"), (b"GIF8", "gif"))
_BOM = "\ufeff"


def picture_name(number: int, what: str, content: bytes) -> str:
    """What a picture is called in the package: anh/01-the.png."""
    ending = next((ending for begin, ending in _SORTS if content.startswith(begin)), "jpg")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        ending = "webp"
    return f"{PICTURES}{number:02}-{what}.{ending}"


def pack(text: ArticleText, consents: str, pictures: Mapping[str, bytes], at: datetime) -> bytes:
    """The zip of it all; `at` is the office's own time, which its files bear.

    The text file begins with a byte order mark: Notepad reads it right.
    """
    files = {
        HTML: to_html(text).encode(),
        MARKDOWN: to_markdown(text).encode(),
        CONSENTS: (_BOM + consents.replace("\n", "\r\n")).encode(),
        **pictures,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
