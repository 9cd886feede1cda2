"""A filed document out of its template: the one that comes along, or the office's own of the same name.

Templates are Word files with Jinja's tags (docxtpl); a name that nobody knows is a mistake, never a blank.
"""

import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile

import structlog
from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from lxml.etree import LxmlError
from markupsafe import Markup

from bot.documents.document_layout import fit
from bot.documents.document_xml import close_up_pictures
from bot.documents.make_templates import TEMPLATES
from bot.domain.documents import DocumentKind, figure
from bot.domain.errors import Refused

_PDF_PATIENCE_S = 120
_REFUSED_BY_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\\s*[\n\r\x0b\x0c\x85\u2028\u2029]+\\s*")
_NEW_PARAGRAPH = "\a"
"""What docxtpl makes a paragraph of, in the form of the one it stands in."""
_NOT_A_DOCUMENT = (BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError)
_UNKNOWN = re.compile(r"'([^']+)'(?: is undefined|$)")
_TRACKED = tuple(qn(f"w:{mark}") for mark in ("ins", "del", "moveFrom", "moveTo"))
_HALF_TAG = re.compile(r"\{\s*[{%#]|[}%#]\s*\}|\{\s*[\w.|]+\s*\}")
_PLACE = re.compile(r" at \d+$")
_AREA = re.compile(r" ((?:tỉnh|thành phố|quận|huyện|thị xã|phường|xã) )", re.IGNORECASE)
_LINE_MAX = 24
_SHOWN = 60

log = structlog.get_logger()


@dataclass(frozen=True)
class Picture:
    """A picture within a document: a PNG or JPEG, or what draws it when it is put in; so wide in mm."""

    data: bytes | Callable[[], bytes]
    width_mm: float


def render(kind: DocumentKind, context: Mapping[str, object], folder: Path | None) -> bytes:
    """The document as a .docx. `folder` holds the office's own templates; a file of the same name wins.

    What people typed stands in it as they typed it. Raises Refused where the template cannot be used.
    """
    path = own_template(kind, folder)
    return _render(path.read_bytes() if path else template_of(kind), context, str(path or f"{kind}.docx"))


def template_of(kind: DocumentKind) -> bytes:
    """The template that comes along."""
    return files("bot.documents").joinpath("templates", f"{kind.value}.docx").read_bytes()


def own_template(kind: DocumentKind, folder: Path | None) -> Path | None:
    """The office's own template of a kind, where it has one."""
    path = folder / f"{kind.value}.docx" if folder else None
    return path if path and path.is_file() else None


def check_templates(folder: Path) -> list[Refused]:
    """What is wrong with an office's own templates: of each that cannot be used the first mistake.

    Each is made once from a sample, and every name in it is looked up, also where the sample does not lead.
    """
    if not folder.is_dir():
        return [Refused("template.no_folder", folder=str(folder))]
    known = {f"{kind.value}.docx" for kind in TEMPLATES}
    strangers = [path for path in sorted(folder.glob("[!~]*.docx")) if path.name not in known]
    unused = [
        Refused("template.no_kind", file=str(path), names=", ".join(sorted(known))) for path in strangers
    ]
    return unused + [it for kind in TEMPLATES for it in _mistakes(kind, own_template(kind, folder))]


def to_pdf(docx: Path) -> Path | None:
    """The document as a PDF beside it; None where LibreOffice is not there or does not make it.

    What LibreOffice leaves behind where everything is killed meanwhile stands beside it too, named after it.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    try:
        return _converted(docx, program)
    except OSError as failure:
        log.warning("no_pdf", why=type(failure).__name__)
        return None


def _converted(docx: Path, program: str) -> Path | None:
    beside, named = docx.absolute().parent, f"{docx.name}-pdf-"
    with TemporaryDirectory(prefix=named, dir=beside, ignore_cleanup_errors=True) as folder:
        profile = (Path(folder) / "profile").as_uri()
        made = Path(folder) / docx.with_suffix(".pdf").name
        own = (program, f"-env:UserInstallation={profile}", "--headless", "--norestore")
        told = (*own, "--convert-to", "pdf", "--outdir", folder, str(docx.absolute()))
        if not _ran(told) or not made.is_file():
            return None
        return Path(shutil.move(made, docx.with_suffix(".pdf")))


def _ran(command: tuple[str, ...]) -> bool:
    """Run it to its end; it has children of its own, which go with it when it takes too long."""
    with subprocess.Popen(  # noqa: S603 - a program found on the path, and paths
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=_PDF_PATIENCE_S)
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            log.warning("no_pdf", why="time-out")
            return False
    if process.returncode:
        log.warning("no_pdf", why=said.decode(errors="replace")[-300:])
    return process.returncode == 0


def _mistakes(kind: DocumentKind, path: Path | None) -> Iterator[Refused]:
    if path is None:
        return
    sample = TEMPLATES[kind].sample
    try:
        template = path.read_bytes()
        half = _half_tag(_render(template, sample, str(path)))
        unknown = DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables(_environment(), sample)
    except Refused as refusal:
        yield refusal
    except _NOT_A_DOCUMENT:
        yield Refused("template.broken", file=str(path))
    else:
        if unknown:
            yield Refused("template.unknown", file=str(path), name=min(unknown))
        elif half:
            yield Refused("template.half_tag", file=str(path), near=half)


def _render(template: bytes, context: Mapping[str, object], name: str) -> bytes:
    try:
        document = _Template(io.BytesIO(template))
        document.init_docx()
    except _NOT_A_DOCUMENT:
        raise Refused("template.broken", file=name) from None
    if any(next(story.iter(*_TRACKED), None) is not None for story in _stories(document.docx)):
        raise Refused("template.tracked", file=name)
    made = io.BytesIO()
    try:
        document.render(_with_pictures(context, document), _environment(), autoescape=True)
        close_up_pictures(document.docx)
        fit(document.docx)
        document.save(made)
        Document(io.BytesIO(made.getvalue()))
    except UndefinedError as error:
        raise Refused("template.unknown", file=name, name=_name_in(str(error))) from None
    except TemplateSyntaxError as error:
        raise Refused("template.bad_tag", file=name, why=_why(error), near=_near(error)) from None
    except (TemplateError, LxmlError, TypeError, ValueError, ArithmeticError) as error:
        raise Refused("template.bad_tag", file=name, why=str(error), near="…") from None
    return made.getvalue()


def _environment() -> SandboxedEnvironment:
    """`|so` writes a number in a sentence (05), `|n` one in a table (5); `|lines` breaks an agency's name."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_printable)
    environment.filters |= {"so": figure, "n": _plain, "lines": _in_lines}
    return environment


def _plain(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _in_lines(name: str) -> str:
    """The name of an agency, with that of its area on a line of its own where both are long."""
    return _AREA.sub(r"\n\1", name, count=1) if len(name) > _LINE_MAX else name


def _printable(value: object) -> object:
    """A text as XML can hold it, its lines as paragraphs."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    lines = _LINE_ENDS.sub("\n", value).strip("\n").replace("\t", " ")
    return _REFUSED_BY_XML.sub("", lines).replace("\n", _NEW_PARAGRAPH)


def _with_pictures(value: Any, document: DocxTemplate) -> Any:
    if isinstance(value, Picture):
        data = value.data() if callable(value.data) else value.data
        return InlineImage(document, io.BytesIO(data), width=Mm(value.width_mm))
    if isinstance(value, Mapping):
        return {key: _with_pictures(one, document) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_with_pictures(one, document) for one in value]
    return value


class _Template(DocxTemplate):  # type: ignore[misc]
    def fix_tables(self, xml: str) -> Any:
        """The text filled in, as a tree. Raises LxmlError where tags tear it: docxtpl would drop the rest."""
        etree.fromstring(xml)
        return super().fix_tables(xml)


def _stories(document: DocxDocument) -> Iterator[Any]:
    """The text, and what stands above and below it on every page."""
    yield document.element
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield relation.target_part.element


def _half_tag(made: bytes) -> str:
    """What is left of a tag that has lost one of its braces, with what stands around it; "" where none is."""
    for story in _stories(Document(io.BytesIO(made))):
        for paragraph in story.iter(qn("w:p")):
            said = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            if found := _HALF_TAG.search(said):
                return said[max(0, found.start() - _SHOWN // 2) :][:_SHOWN]
    return ""


def _why(error: TemplateSyntaxError) -> str:
    return _PLACE.sub("", error.message or "")


def _name_in(message: str) -> str:
    found = _UNKNOWN.search(message)
    return found[1] if found else message[:_SHOWN]


def _near(error: TemplateSyntaxError) -> str:
    """What the template says where the mistake is."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    tagged = [line for line in lines if "{" in line]
    found: str = (tagged or [line for line in lines if line] or ["…"])[-1]
    return found[:_SHOWN]
