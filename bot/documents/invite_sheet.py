"""Personal invite links on paper: a page to print on A4 and cut into cards, nothing fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import segno

CARDS_A_PAGE = 8

WORDS = ("lang", "title", "how.1", "how.2", "how.3", "expires")
"""The keys the words have: `lang` is the language's tag, `expires` takes `{day}`."""

_STYLE = """
@page { size: A4 portrait; margin: 10mm }
* { box-sizing: border-box; margin: 0 }
body { font: 8pt/1.25 "Noto Sans", "Segoe UI", Arial, sans-serif; color: #000; background: #fff }
section { display: grid; grid-template: repeat(4, 67mm) / repeat(2, 1fr); gap: 2mm }
section + section { break-before: page }
article { break-inside: avoid; overflow: hidden; border: 0.3mm dashed #777; padding: 3mm;
  display: grid; grid-template: auto minmax(0, 1fr) auto / 33mm 1fr; gap: 1.5mm 3mm }
header, footer { grid-column: 1 / 3; min-width: 0 }
h2 { font-size: 11pt; line-height: 1.2; max-height: 2.4em; overflow: hidden; overflow-wrap: anywhere }
header p { line-height: 1.25; max-height: 2.5em; overflow: hidden; overflow-wrap: anywhere }
svg { width: 33mm; height: 33mm; align-self: center }
ol { padding-left: 4mm; overflow: hidden; align-self: center }
footer { font-size: 7pt; line-height: 1.2; overflow-wrap: anywhere }
@media screen { body { max-width: 190mm; margin: 10mm auto } section { margin-bottom: 10mm } }
"""


@dataclass(frozen=True)
class Invite:
    """One person's card. `link` is their own and works once, up to and including the day `expires_on`."""

    full_name: str
    unit: str
    link: str
    expires_on: date


def invite_sheet(invites: Sequence[Invite], words: Mapping[str, str]) -> str:
    """The page as HTML: eight cards a sheet of A4, in the order given. `words` has the keys of `WORDS`."""
    sheets = [invites[start : start + CARDS_A_PAGE] for start in range(0, len(invites), CARDS_A_PAGE)]
    body = "\n".join(f"<section>{''.join(_card(one, words) for one in sheet)}</section>" for sheet in sheets)
    return f"""<!DOCTYPE html>
<html lang="{escape(words["lang"])}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>{escape(words["title"])}</title>
<style>{_STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""


def write_invite_sheet(path: Path, invites: Sequence[Invite], words: Mapping[str, str]) -> None:
    """The page as a file only its owner can read: whoever has a link can come in with it."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(invite_sheet(invites, words), encoding="utf-8")


def _card(invite: Invite, words: Mapping[str, str]) -> str:
    steps = "".join(f"<li>{escape(words[f'how.{step}'])}</li>" for step in (1, 2, 3))
    expires = words["expires"].format(day=f"{invite.expires_on:%d/%m/%Y}")
    code = segno.make(invite.link, error="m", micro=False).svg_inline(omitsize=True, border=4)
    return (
        f"<article><header><h2>{escape(invite.full_name)}</h2><p>{escape(invite.unit)}</p></header>"
        f"{code}<ol>{steps}</ol>"
        f"<footer>{escape(invite.link)}<br>{escape(expires)}</footer></article>"
    )
