"""Articles for the portal, for tests: written, approved, published as the secretariat does."""

import io
import zipfile

from bot.domain.articles import Article
from bot.domain.exemplars import Exemplar
from bot.messages import Call
from storage import articles
from tests.office import Office
from tests.phones import Phone
from tests.posting import documents

URL = "https://dongnai.gov.vn/guong/nguoi-tot?so=1&nam=2026"
TICK = {
    "lan2": "Nguyễn Thị Lan · Phòng Nội chính",
    "duc": "Đỗ Minh Đức · Phòng Nội chính",
    "tuan": "Bùi Anh Tuấn · Phòng Tổng hợp",
}


async def a_draft(hung: Phone, *codes: str, period: str = "Tháng 11/2026") -> None:
    """A draft about some people, in that order, before the clerk."""
    await hung.send("/baiviet")
    await hung.tap("Soạn bài mới")
    await hung.tap(next(label for label in hung.last.labels if label.startswith(period)))
    for code in codes:
        await hung.tap(TICK[code])
    await hung.tap(f"Xong · {len(codes)} gương")


async def an_approved(hung: Phone, *codes: str) -> None:
    """An article that is approved."""
    await a_draft(hung, *codes)
    await hung.tap("Duyệt bài")


async def a_published(hung: Phone, *codes: str) -> None:
    """An article on the portal."""
    await an_approved(hung, *codes)
    await hung.send(f"/dadang 1 {URL}")


async def the_article(office: Office, article_id: int = 1) -> Article:
    """An article as it stands."""
    async with office.database.reading() as session:
        found = await articles.find_article(session, article_id)
    assert found is not None
    return found


async def takes_back(phone: Phone, exemplar: Exemplar) -> None:
    """Who has agreed withdraws that."""
    await phone.send("/trogiup")
    await phone.tap_data(str(Call("co", exemplar.id, exemplar.text_version, "withdrawn")))


def package(office: Office, hung: Phone) -> dict[str, str]:
    """The texts of the newest package, by the file's name; pictures are empty."""
    name, content = documents(office, hung)[-1]
    assert name.startswith("bai-viet-")
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {
            one: "" if one.startswith("anh/") else held.read(one).decode("utf-8-sig")
            for one in held.namelist()
        }
