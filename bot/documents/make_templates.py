"""The templates that come along, each built by its own module: python -m bot.documents.make_templates."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from bot.documents import (
    template_bao_cao,
    template_bien_ban,
    template_danh_sach,
    template_giao_ban,
    template_thanh_tich,
    template_to_trinh,
    template_tong_hop,
)
from bot.documents.document_frame import FRAME_SAMPLE
from bot.documents.document_layout import Paper
from bot.domain.documents import DocumentKind

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Template:
    """How a kind's template is built, and a sample of what it may use beside the frame."""

    build: Callable[[], Paper]
    own: Mapping[str, object]

    @property
    def sample(self) -> dict[str, object]:
        """Everything it may use: office's own templates are checked against it."""
        return {**FRAME_SAMPLE, **self.own}


TEMPLATES: Mapping[DocumentKind, Template] = {
    DocumentKind.REPORT: Template(template_bao_cao.build, template_bao_cao.SAMPLE),
    DocumentKind.LIST: Template(template_danh_sach.build, template_danh_sach.SAMPLE),
    DocumentKind.SUBMISSION: Template(template_to_trinh.build, template_to_trinh.SAMPLE),
    DocumentKind.MINUTES: Template(template_bien_ban.build, template_bien_ban.SAMPLE),
    DocumentKind.ACHIEVEMENTS: Template(template_thanh_tich.build, template_thanh_tich.SAMPLE),
    DocumentKind.TABLE: Template(template_tong_hop.build, template_tong_hop.SAMPLE),
    DocumentKind.MEETING: Template(template_giao_ban.build, template_giao_ban.SAMPLE),
}
"""By kind."""


def same_parts(one: bytes, other: bytes) -> bool:
    """Whether two .docx say the same, whenever they were written."""
    return _parts(one) == _parts(other)


def main(folder: Path = FOLDER) -> None:
    """Write every template that says something else than the file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, template in TEMPLATES.items():
        path, made = folder / f"{kind.value}.docx", template.build().as_bytes()
        if not path.exists() or not same_parts(path.read_bytes(), made):
            path.write_bytes(made)


def _parts(docx: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


if __name__ == "__main__":
    main()
