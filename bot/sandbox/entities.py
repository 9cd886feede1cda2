"""Formatted text: Telegram's HTML, its entities (offsets in UTF-16 units), and safe HTML for the page.

Rules from "Formatting options" in the Bot API's documentation and the behaviour of its open-source server.
"""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from bot.sandbox.refusals import Json, Refused, bad_request

_TYPES: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
_PIECE: Final = re.compile(r"[^<&]+|&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?|[<&]")
_START: Final = re.compile(
    r"<([a-zA-Z0-9-]*)((?:\s+[a-zA-Z][\w-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*/?>"
)
_END: Final = re.compile(r"</([a-zA-Z0-9-]*)\s*>")
_ATTRIBUTE: Final = re.compile(r"([a-zA-Z][\w-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_FOUND: Final = re.compile(
    r"(?P<url>https?://[^\s<>\"«»“”]+[^\s<>\"«»“”.,:;!?'()\[\]]"
    r"|(?<![\w@/.])t\.me/[\w/?=&%+-]*\w)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,})"
    r"|(?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<mention>(?<![\w@])@[a-zA-Z0-9_]{3,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=\w*[^\W\d])\w{1,256})"
)
_REMOVED: Final = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED: Final = re.compile("[\x00-\x09\x0b-\x1f]")
_SAFE_SCHEMES: Final = ("http://", "https://", "tg://", "mailto:", "tel:")
_SIMPLE_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "blockquote": "blockquote",
}


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes: what Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cleaned(text: str) -> str:
    """A bot's text as Telegram keeps it: no carriage returns, control or direction-turning characters."""
    return _BLANKED.sub(" ", _REMOVED.sub("", text))


def formatted(text: str, parse_mode: str | None, given: list[Json] | None) -> tuple[str, list[Json]]:
    """What a bot's text becomes: trimmed text and its entities, found ones included.

    Raises:
        Refused: 400, `can't parse entities: …`, or an unknown parse mode.
    """
    text = cleaned(text)
    entities = [_checked(entity) for entity in given or []]
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, entities = parse_html(text)
    text, entities = trimmed(text, entities)
    return text, with_found(text, entities)


def _checked(entity: Json) -> Json:
    kind, offset, length = (entity.get(name) for name in ("type", "offset", "length"))
    if not (isinstance(kind, str) and isinstance(offset, int) and isinstance(length, int)):
        raise bad_request("can't parse MessageEntity: type, offset and length are needed")
    if offset < 0 or length <= 0:
        raise bad_request("ENTITY_BOUNDS_INVALID")
    return entity


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Split Telegram's HTML into plain text and entities in reading order, outer ones first.

    Raises:
        Refused: an unknown tag, or one that is not closed or not opened.
    """
    out: list[str] = []
    opened: list[_Open] = []
    entities: list[Json] = []
    offset = at = 0
    while at < len(source):
        piece = _PIECE.match(source, at)
        assert piece  # noqa: S101 - the last alternative takes whatever the first leaves
        if piece.group() != "<":
            plain = _decoded(piece)
            out.append(plain)
            offset += utf16_length(plain)
            at = piece.end()
        elif source.startswith("</", at):
            end = _END.match(source, at)
            if end is None:
                raise _unparsable(source, at, "Unclosed end tag at byte offset {}")
            closed = _closing(opened, end.group(1).lower(), source, at)
            _add_entity(closed, opened, entities, offset)
            at = end.end()
        else:
            start = _START.match(source, at)
            if start is None:
                raise _unparsable(source, at, "Unclosed start tag at byte offset {}")
            opened.append(_opening(start, offset, source, at))
            at = start.end()
    if opened:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1].tag}\""
        )
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(out), entities


def _decoded(piece: re.Match[str]) -> str:
    hexadecimal, decimal, named = piece.groups()
    if named:
        return _NAMED[named]
    if not (hexadecimal or decimal):
        return piece.group()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else piece.group()


def _opening(start: re.Match[str], offset: int, source: str, at: int) -> _Open:
    tag = start.group(1).lower()
    if tag not in _TYPES:
        raise _unparsable(source, at, f'Unsupported start tag "{tag}" at byte offset {{}}')
    attributes = {
        found.group(1).lower(): next((value for value in found.groups()[1:] if value is not None), "")
        for found in _ATTRIBUTE.finditer(start.group(2))
    }
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(source, at, 'Tag "span" must have class "tg-spoiler" at byte offset {}')
    return _Open(tag, offset, attributes)


def _closing(opened: list[_Open], tag: str, source: str, at: int) -> _Open:
    if not opened:
        raise _unparsable(source, at, "Unexpected end tag at byte offset {}")
    last = opened.pop()
    if tag not in {"", last.tag}:
        expected = f'Unmatched end tag at byte offset {{}}, expected "</{last.tag}>", found "</{tag}>"'
        raise _unparsable(source, at, expected)
    return last


def _add_entity(last: _Open, opened: list[_Open], entities: list[Json], offset: int) -> None:
    if offset == last.start:
        return
    entity: Json = {"type": _TYPES[last.tag], "offset": last.start, "length": offset - last.start}
    if last.tag == "a":
        address = _address(last.attributes.get("href", ""))
        if not address:
            return
        entity["url"] = address
    elif last.tag == "blockquote" and "expandable" in last.attributes:
        entity["type"] = "expandable_blockquote"
    elif last.tag == "code" and opened and opened[-1].tag == "pre" and opened[-1].start == last.start:
        opened[-1].attributes["language"] = last.attributes.get("class", "").removeprefix("language-")
        return
    elif last.tag == "pre" and last.attributes.get("language"):
        entity["language"] = last.attributes["language"]
    entities.append(entity)


def _address(href: str) -> str:
    for name, character in _NAMED.items():
        href = href.replace(f"&{name};", character)
    if "://" not in href and "." in href:
        href = f"http://{href}"
    if not href.lower().startswith(_SAFE_SCHEMES):
        return ""
    return href + "/" if re.fullmatch(r"https?://[^/?#]+", href) else href


def _unparsable(source: str, at: int, sentence: str) -> Refused:
    return bad_request("can't parse entities: " + sentence.format(len(source[:at].encode())))


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without blanks at both ends; entities move and shrink with the text."""
    stripped = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(stripped)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return stripped, moved


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """`entities` and what Telegram finds by itself: commands, mentions, addresses, hashtags."""
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in {"code", "pre", "text_link"}
    ]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(start < offset + length and offset < end for start, end in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return sorted(entities + found, key=lambda entity: (entity["offset"], -entity["length"]))


def safe_html(text: str, entities: list[Json]) -> str:
    """HTML for the page, built from entities alone: whatever stands in the text is escaped."""
    units = text.encode("utf-16-le", "surrogatepass")
    ends = {0, len(units) // 2}
    for entity in entities:
        ends |= {entity["offset"], entity["offset"] + entity["length"]}
    cuts = sorted(ends)
    out: list[str] = []
    inside: list[Json] = []
    for start, end in pairwise(cuts):
        here = [e for e in entities if e["offset"] <= start and end <= e["offset"] + e["length"]]
        same = next((n for n, (a, b) in enumerate(zip(inside, here, strict=False)) if a is not b), None)
        common = min(len(inside), len(here)) if same is None else same
        out += [_tags(entity, units)[1] for entity in reversed(inside[common:])]
        out += [_tags(entity, units)[0] for entity in here[common:]]
        out.append(escape(units[start * 2 : end * 2].decode("utf-16-le", "replace")))
        inside = here
    out += [_tags(entity, units)[1] for entity in reversed(inside)]
    return "".join(out)


def _tags(entity: Json, units: bytes) -> tuple[str, str]:
    kind = entity["type"]
    inner = units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
        "utf-16-le", "replace"
    )
    if kind in _SIMPLE_TAGS:
        return f"<{_SIMPLE_TAGS[kind]}>", f"</{_SIMPLE_TAGS[kind]}>"
    if kind == "pre":
        return '<pre class="block">', "</pre>"
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind == "expandable_blockquote":
        return '<blockquote class="expandable">', "</blockquote>"
    if kind == "bot_command":
        return f'<a class="command" href="#" data-command="{escape(inner)}">', "</a>"
    address = {
        "text_link": entity.get("url", ""),
        "url": inner if "://" in inner else f"https://{inner}",
        "email": f"mailto:{inner}",
        "mention": f"https://t.me/{inner.removeprefix('@')}",
    }.get(kind, "")
    if address.lower().startswith(_SAFE_SCHEMES):
        return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
    return "<span>", "</span>"
