"""Telegram's HTML becomes text and entities, and entities become HTML that is safe to show."""

import pytest

from bot.sandbox.entities import formatted, parse_html, safe_html, utf16_length
from bot.sandbox.refusals import Refused


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("🌟<u>đ</u>", "🌟đ", [("underline", 2, 1)]),
        ("<b>x<i>y</i></b>", "xy", [("bold", 0, 2), ("italic", 1, 1)]),
        ("1 &lt; 2 &amp; &#273; &copy;", "1 < 2 & đ &copy;", []),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<span class='tg-spoiler'>y</span>", "y", [("spoiler", 0, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ("<ins>a</ins><code>c</code>", "ac", [("underline", 0, 1), ("code", 1, 1)]),
        ("<b></b>a", "a", []),
    ],
)  # fmt: skip
def test_html_becomes_entities(source, text, entities):
    """Each tag Telegram knows is an entity with its offset in UTF-16 units."""
    parsed, found = parse_html(source)
    assert parsed == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_links_and_languages_are_kept():
    """An address and a code's language stand in their entities; a link to nowhere is only text."""
    assert parse_html('<a href="https://x.vn">a</a>')[1] == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://x.vn/"}
    ]
    assert parse_html('<pre><code class="language-py">a</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "py"}
    ]
    assert parse_html('<a href="javascript:alert(1)">a</a>') == ("a", [])


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("đ<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("a <> b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused(source, sentence):
    """What Telegram cannot parse is refused in its words."""
    with pytest.raises(Refused) as refusal:
        formatted(source, "HTML", None)
    assert refusal.value.code == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {sentence}"


def test_found_entities_stay_out_of_code_and_links():
    """Commands, mentions, addresses and hashtags are found by themselves, but not in code."""
    text, entities = formatted("/decu @lan #a a@b.vn https://x.vn/?a=1. <code>/no</code>", "HTML", None)
    found = [(entity["type"], text[entity["offset"] :][: entity["length"]]) for entity in entities]
    assert found == [
        ("bot_command", "/decu"),
        ("mention", "@lan"),
        ("hashtag", "#a"),
        ("email", "a@b.vn"),
        ("url", "https://x.vn/?a=1"),
        ("code", "/no"),
    ]


def test_blanks_and_control_characters_go_as_telegram_lets_them_go():
    """Ends are trimmed, with their entities; direction marks and control characters are dropped."""
    assert formatted("  <b> a\u202eb\x07c </b> ", "HTML", None) == (
        "ab c",
        [{"type": "bold", "offset": 0, "length": 4}],
    )


def test_shown_html_is_escaped_whatever_it_holds():
    """Markup in the text is text, and an address cannot end its attribute or run a script."""
    nasty = "<img src=x onerror=alert(1)>"
    assert safe_html(nasty, []) == "&lt;img src=x onerror=alert(1)&gt;"
    link = {"type": "text_link", "offset": 0, "length": 1, "url": 'https://x/"onclick="y'}
    assert '"onclick' not in safe_html("a", [link])
    assert safe_html("a", [{**link, "url": "javascript:alert(1)"}]) == "<span>a</span>"


def test_overlapping_entities_become_nested_tags():
    """Tags are closed and opened again where entities cross, also after an emoji of two units."""
    bold = {"type": "bold", "offset": 0, "length": 4}
    italic = {"type": "italic", "offset": 3, "length": 2}
    assert safe_html("🌟abc", [bold, italic]) == "<b>🌟a<i>b</i></b><i>c</i>"
    assert utf16_length("🌟abc") == 5


def test_commands_are_links_the_page_can_run():
    """A command carries itself, so that the page can send it."""
    html = safe_html("/huy", [{"type": "bot_command", "offset": 0, "length": 4}])
    assert html == '<a class="command" href="#" data-command="/huy">/huy</a>'
