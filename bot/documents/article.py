"""An article for the portal, as HTML and as Markdown: the same words, and nothing typed in them is markup."""

import re
from dataclasses import dataclass
from html import escape

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&$^{}@]")
_BEGINS_A_LIST = re.compile(r"^([+=-])|^(\d+)([.)])")
_LINKS = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)")
_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem; color: #1a1a1a; background: #fff;
  font: 1.125rem/1.65 "Times New Roman", Times, serif; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.35; margin: 2.5rem 0 .25rem; }
p { margin: .6rem 0; overflow-wrap: anywhere; }
.draft { border: 2px solid #a33; color: #a33; padding: .4rem .75rem; font-weight: bold; }
.lead { font-weight: bold; }
.who { font-style: italic; margin-top: 0; }
figure { margin: 1rem 0; }
img { display: block; max-width: 100%; max-height: 36rem; height: auto; margin: 0 auto; }
.by { font-weight: bold; margin-top: 2.5rem; text-align: right; }
""".strip()


@dataclass(frozen=True)
class Story:
    """What an article says of one exemplar; `picture` is a file beside it ("": none), `alt` its words."""

    name: str
    who: str
    paragraphs: tuple[str, ...]
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class ArticleText:
    """An article in words. `draft` is the line that says that it is not approved, "" once it is."""

    title: str
    lead: str
    stories: tuple[Story, ...]
    by: str
    draft: str = ""


def to_html(text: ArticleText) -> str:
    """A whole page that needs nothing from outside: no scripts, no links, pictures beside it."""
    title = escape(text.title)
    draft = f'<p class="draft">{escape(text.draft)}</p>\n' if text.draft else ""
    stories = "\n".join(_story_in_html(story) for story in text.stories)
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_STYLE}
</style>
</head>
<body>
<main>
<article>
<header>
{draft}<h1>{title}</h1>
<p class="lead">{escape(text.lead)}</p>
</header>
{stories}
<footer>
<p class="by">{escape(text.by)}</p>
</footer>
</article>
</main>
</body>
</html>
"""


def to_markdown(text: ArticleText) -> str:
    """The same in CommonMark."""
    draft = [f"**{_md(text.draft)}**"] if text.draft else []
    stories = [block for story in text.stories for block in _story_in_markdown(story)]
    head = [*draft, f"# {_md(text.title)}", f"**{_md(text.lead)}**"]
    return "\n\n".join([*head, *stories, f"**{_md(text.by)}**"]) + "\n"


def _story_in_html(story: Story) -> str:
    lines = ["<section>", f"<h2>{escape(story.name)}</h2>"]
    lines += [f'<p class="who">{escape(story.who)}</p>'] if story.who else []
    if story.picture:
        shown = f'<img src="{escape(story.picture)}" alt="{escape(story.alt)}">'
        lines += ["<figure>", shown, "</figure>"]
    lines += [f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs]
    return "\n".join([*lines, "</section>"])


def _story_in_markdown(story: Story) -> list[str]:
    found = [f"## {_md(story.name)}"]
    found += [f"*{_md(story.who)}*"] if story.who else []
    found += [f"![{_md(story.alt)}]({story.picture})"] if story.picture else []
    return [*found, *(_md(paragraph) for paragraph in story.paragraphs)]


def _md(text: str) -> str:
    """The text so that nothing in it is markup; it stands on one line."""
    line = _SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    line = _LINKS.sub(lambda found: f"\\{found[0]}", line)
    return _BEGINS_A_LIST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)
