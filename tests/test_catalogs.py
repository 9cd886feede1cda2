"""The catalogs hold exactly what the code says, in both languages, with the same fields."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
SAYING = {"N_": 0, "say": 0, "plain": 0, "count": 0, "act": 1, "Refused": 0, "NotAllowed": 0, "Gone": 0}
SAYING |= {"UnreadableFile": 0, "Problem": 0, "Unfit": 0, "BadCell": 0, "blame": 0, "RowProblem": 3}
SAYING |= {"_too_short": 0, "_too_long": 0, "BadBackup": 0}
"""The functions that take a message id, and which of their arguments it is."""
EVERYWHERE = {"you", "You"}
"""Fields that bot/texts.py fills in for every message."""


def read(locale: str) -> Catalog:
    with (ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po").open("rb") as handle:
        return read_po(handle, locale=locale)


def ids(catalog: Catalog) -> dict[str, Message]:
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalog
        if message.id
    }


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None} - EVERYWHERE


def said_in_code() -> set[str]:
    sources = [path for folder in ("bot", "handlers", "storage") for path in (ROOT / folder).rglob("*.py")]
    return {found for path in sources for found in said_in(ast.parse(path.read_text(encoding="utf-8")))}


def said_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = SAYING.get(name)
            if at is not None and at < len(node.args):
                yield from literals(node.args[at])


def literals(node: ast.expr) -> Iterator[str]:
    """The text of a literal, or of both branches of a choice; ids look like `card.title`."""
    if isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))
    elif (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z0-9_.]+", node.value)
    ):
        yield node.value


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_message_of_the_code_is_there_and_no_other(locale):
    """A message without words would show its id; words without a message are nobody's."""
    in_code, in_catalog = said_in_code(), set(ids(read(locale)))
    assert in_code - in_catalog == set()
    assert in_catalog - in_code == set()


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_nothing_is_empty_or_doubtful(locale):
    """Every message has all its forms, and none is marked fuzzy."""
    catalog = read(locale)
    for name, message in ids(catalog).items():
        assert all(form.strip() for form in forms(message)), name
        assert not message.fuzzy, name
        assert len(forms(message)) == (catalog.num_plurals if message.pluralizable else 1), name


def test_both_languages_have_the_same_fields():
    """What the code fills in is used in both."""
    vi, en = ids(read("vi")), ids(read("en"))
    for name in vi:
        wanted = fields(" ".join(forms(vi[name])))
        assert wanted == fields(" ".join(forms(en[name]))), name


def test_no_message_says_ban():
    """The office says “đồng chí”, by its own configured form, and never “bạn”."""
    words = Counter(
        name
        for name, message in ids(read("vi")).items()
        if " bạn " in f" {' '.join(forms(message)).lower()} "
        or "đồng chí" in " ".join(forms(message)).lower()
    )
    assert not words
