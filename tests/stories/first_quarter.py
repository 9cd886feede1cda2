"""The first quarter of 2024 as the office of plan 854/KH-VP lives it, played by tapping and typing.

What is done is what `tests/stories/test_first_quarter_2024.py` expects to find in the export.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.people import Post
from bot.domain.roles import Role
from storage import people, units
from tests.choosing import choose
from tests.honouring import a_group, pictured
from tests.nominating import nominate
from tests.office import TELEGRAM_IDS, Office
from tests.phones import Phone
from tests.posting import at_instant, documents, local, said

TUAN_STORY = "ba tháng liền hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ"
TUAN_TOO = "mỗi tuần giúp ba phòng sắp xếp hồ sơ lưu trữ, tìm một văn bản chỉ mất hai phút"
LAN2_STORY = "nhập xong ba nghìn hồ sơ tồn đọng trong hai tháng mà không sai sót nào"
TEAM_STORY = "tổ tiếp dân trực cả buổi trưa suốt một năm, không để người dân nào phải quay lại"
MODEL_STORY = "trả kết quả trong mười lăm phút cho sáu thủ tục, mỗi ngày hơn bốn mươi lượt người dân"
MARCH_STORY = "tự học và lập bảng theo dõi văn bản, cả phòng không còn văn bản nào trễ hạn"
TUAN_WHY = "Việc làm bền bỉ, người dân ghi nhận, các phòng khác học theo được"
LAN2_WHY = "Làm việc cẩn thận, kết quả rõ ràng, cả phòng noi theo"
MODEL_WHY = "Mô hình giúp dân đỡ chờ đợi, bộ phận nào cũng áp dụng được"
MARCH_WHY = "Sáng kiến nhỏ mà đỡ việc cho cả phòng"
QUARTER_WHY = "Tiêu biểu cả quý, đã có đơn vị khác áp dụng"
QUESTION = "Xin cho biết số hồ sơ đã được kiểm tra lại chưa?"
ANSWERED = "Làm việc cẩn thận, ba nghìn hồ sơ đã được kiểm tra lại, không sai sót"
RESULT = "Thời gian trả kết quả ở phòng giảm từ hai ngày còn nửa ngày"
LESSON = "Chọn việc nhỏ, làm đều mỗi ngày và ghi lại con số thì đơn vị khác mới học theo được."
OUTCOME = "Bốn đơn vị trao đổi cách làm, hai đơn vị đăng ký học tập."
EVENT = "Giao lưu gương người tốt, việc tốt quý I"
NOBODY = "Chưa có đề cử phù hợp"


@dataclass
class Quarter:
    """The office in 2024, everybody with a phone, a group of TH and the office's own."""

    office: Office
    phones: dict[str, Phone]
    unit_group: int = 0
    office_group: int = 0

    def __getattr__(self, code: str) -> Phone:
        return self.phones[code]

    async def on(self, day: int, month: int, hour: int = 8, minute: int = 0) -> None:
        """It is that instant of 2024; everything due by then has happened."""
        await at_instant(self.office, local(day, month, hour, minute, year=2024))

    async def accept(self, answer: str, *, count: int) -> None:
        """The secretariat takes a unit's answer (“Phòng … · tháng …”) over; `count` answers wait."""
        await self.hung.send("/banlam")
        await self.hung.tap(f"Kết quả bình chọn cần xem: {count}")
        await self.hung.tap(next(label for label in self.hung.last.labels if label.startswith(answer)))
        await self.hung.tap("Nhận")

    def card_of(self, name: str) -> int:
        """The message that shows the clerk an exemplar's card."""
        cards = [one for one in self.hung.messages() if one.raw["photo"] and name in one.text]
        return cards[-1].message_id


async def begin(office: Office) -> Quarter:
    """Monday, 8 January 2024: everybody has a phone, the bot is in two groups whose they are is said."""
    office.clock.at = local(8, 1, 9, year=2024)
    quarter = Quarter(office, {code: office.phone(code) for code in TELEGRAM_IDS if code != "cu"})
    await office.settle()
    quarter.office_group = await a_group(office, "Văn phòng", "hung", "lan", "minh", "thao")
    await quarter.hung.tap("Văn phòng")
    quarter.unit_group = await a_group(office, "Phòng Tổng hợp", "hoa", "tuan", "chanh")
    await quarter.hung.tap("TH")
    return quarter


async def january(q: Quarter) -> None:
    """Two nominate Tuấn; TH and NC choose, HCTC has nobody, PVHCC is silent; Lan of NC declines."""
    await nominate(q.lan, "anh Bùi Anh Tuấn", TUAN_STORY)
    await nominate(q.duc, "anh Bùi Anh Tuấn", TUAN_TOO)
    await nominate(q.duc, "chị Nguyễn Thị Lan, phòng Nội chính", LAN2_STORY)
    await nominate(q.mai, "tập thể Tổ tiếp dân, phòng Nội chính", TEAM_STORY)
    await q.on(19, 1)
    await q.hoa.tap("Chọn")
    await choose(q.hoa, "Bùi Anh Tuấn", why=TUAN_WHY)
    await q.minh.tap("Chọn")
    await choose(q.minh, "Nguyễn Thị Lan", why=LAN2_WHY)
    await q.hung.tap("Kỳ này không có gương")
    await q.hung.tap(NOBODY)
    await q.on(29, 1)
    assert "• TTPVHCC" in said(q.hung)[-1]
    await give_back(q)
    await q.accept("Phòng Tổng hợp", count=3)
    await consent_of(q, "tuan", "Bùi Anh Tuấn", "Đồng ý")
    await honour(q)
    await q.accept("Phòng Nội chính", count=2)
    await consent_of(q, "lan2", "Nguyễn Thị Lan", "Không đồng ý")
    await q.accept("HCTC", count=1)


async def give_back(q: Quarter) -> None:
    """The secretariat asks NC something, and NC answers by a better sentence."""
    await q.hung.send("/banlam")
    await q.hung.tap("Kết quả bình chọn cần xem: 3")
    await q.hung.tap(next(label for label in q.hung.last.labels if label.startswith("Phòng Nội chính")))
    await q.hung.tap("Trả lại kèm câu hỏi")
    await q.hung.send(QUESTION)
    assert QUESTION in q.minh.last.text
    await q.minh.tap(q.minh.last.labels[0])
    await q.minh.tap("Sửa kết quả")
    await q.minh.tap("Tiếp tục (1 gương)")
    await q.minh.tap("Đạt cả ba tiêu chí")
    await q.minh.send(ANSWERED)
    await q.minh.tap("Xác nhận")


async def consent_of(q: Quarter, code: str, name: str, answer: str) -> None:
    """The card goes to the nominee, who answers."""
    await q.hung.tap("Gửi xin ý kiến", message_id=q.card_of(name))
    await q.phones[code].tap(answer)


async def honour(q: Quarter) -> None:
    """Whom the last agreement is about, where the configuration says."""
    await q.hung.tap("Biểu dương")
    await q.hung.tap("Biểu dương ngay")


async def february(q: Quarter) -> None:
    """A deputy of PVHCC chooses a way of working; it is honoured, congratulated, and NC will copy it."""
    await q.on(5, 2, 9)
    await appoint_deputy(q)
    await nominate(q.lan, "mô hình Một cửa 15 phút, trung tâm Phục vụ hành chính công", MODEL_STORY)
    await q.on(20, 2)
    for head in (q.hoa, q.minh, q.hung):
        await head.tap("Kỳ này không có gương")
        await head.tap(NOBODY)
    await q.thao.tap("Chọn")
    await choose(q.thao, "Một cửa 15 phút", why=MODEL_WHY)
    await q.on(21, 2, 9)
    await q.accept("TTPVHCC", count=4)
    await name_representative(q)
    await consent_of(q, "kien", "Một cửa 15 phút", "Đồng ý")
    await honour(q)
    group = q.office_group
    post = pictured(q.lan, chat_id=group)
    await q.lan.tap("Chúc mừng", chat_id=group, message_id=post.message_id)
    await q.minh.tap("Chúc mừng", chat_id=group, message_id=post.message_id)
    await pledge(q)


async def appoint_deputy(q: Quarter) -> None:
    """Thảo acts for the head of PVHCC in February and March."""
    async with q.office.database.transaction() as session:
        thao = await people.find_by_code(session, "thao")
        assert thao is not None
        unit = next(unit for unit in await units.list_units(session) if unit.code == "PVHCC")
        acting = Post(Role.DEPUTY, unit.id, datetime(2024, 2, 1).date(), datetime(2024, 3, 31).date())  # noqa: DTZ001
        await people.set_posts(session, thao.id, [*thao.posts, acting])


async def name_representative(q: Quarter) -> None:
    """Kiên is asked for the way of working."""
    await q.hung.tap("Chọn người đại diện", message_id=q.card_of("Một cửa 15 phút"))
    await q.hung.send("Hoàng Trung Kiên")


async def pledge(q: Quarter) -> None:
    """NC will copy the way of working."""
    await q.minh.send("/guong")
    await q.minh.tap(next(label for label in q.minh.last.labels if "Một cửa 15 phút" in label))
    await q.minh.tap("Đơn vị tôi áp dụng")
    await q.minh.tap("Nhận áp dụng")


async def march(q: Quarter) -> None:
    """An exchange is held, Tuấn is nominated again and chosen, the others have nobody."""
    await q.on(4, 3, 9)
    await nominate(q.lan, "anh Bùi Anh Tuấn", MARCH_STORY)
    await invite_to_exchange(q)
    await q.on(20, 3)
    await q.hoa.tap("Chọn")
    await choose(q.hoa, "Bùi Anh Tuấn", why=MARCH_WHY)
    for head in (q.minh, q.hung, q.kien):
        await head.tap("Kỳ này không có gương")
        await head.tap(NOBODY)
    await q.accept("Phòng Tổng hợp · tháng 3/2024", count=7)
    await consent_of(q, "tuan", "Bùi Anh Tuấn", "Đồng ý")
    await honour(q)
    await q.on(25, 3, 13)
    await q.on(27, 3, 9)
    await tell_outcome(q)


async def invite_to_exchange(q: Quarter) -> None:
    """TH is host, everybody a guest, who was honoured in January speaks; some come, some cannot."""
    await q.hung.send("/sukien")
    await q.hung.tap("Tổ chức sự kiện mới")
    await q.hung.tap("Giao lưu, trao đổi kinh nghiệm")
    await q.hung.send(EVENT)
    await q.hung.tap("Phòng Tổng hợp")
    await q.hung.tap("Tiếp tục")
    await q.hung.tap(next(label for label in q.hung.last.labels if "Bùi Anh Tuấn" in label))
    await q.hung.tap("Tiếp tục")
    await q.hung.send("14:00 26/03/2024")
    await q.hung.send("Hội trường tầng 2")
    await q.hung.tap("Không có ghi chú")
    await q.hung.tap("Gửi lời mời")
    await q.tuan.tap("Nhận lời")
    for who in (q.minh, q.duc):
        await who.tap("Tham dự")
    await q.kien.tap("Không tham dự được")


async def tell_outcome(q: Quarter) -> None:
    """The secretariat says what came of it."""
    await q.hung.tap("Ghi kết quả")
    await q.hung.send("45")
    await q.hung.send(OUTCOME)


async def april(q: Quarter) -> None:
    """TH chooses for the quarter out of its months, the office lists it; NC says what came of copying."""
    await q.on(10, 4)
    await q.hoa.tap("Chọn")
    await choose(q.hoa, "Bùi Anh Tuấn", why=QUARTER_WHY)
    await learn(q)
    await q.accept("Phòng Tổng hợp · quý 1/2024", count=7)
    await q.hung.send("/banlam")
    await q.hung.tap(
        next(label for label in q.hung.last.labels if label.startswith("Lập danh sách quý 1/2024"))
    )
    await q.hung.tap("☐ Bùi Anh Tuấn")
    await q.hung.tap("Xem danh sách, chốt")
    await q.hung.tap("Chốt danh sách")
    await q.hung.tap("Xác nhận chốt")
    await q.on(22, 4)
    await q.minh.tap("Gửi kết quả")
    await q.minh.send(RESULT)


async def learn(q: Quarter) -> None:
    """TH writes down what the quarter has taught about building and copying exemplars."""
    await q.hoa.send("/baihoc")
    await q.hoa.tap("Thêm bài học")
    await q.hoa.tap("Xây dựng, nhân rộng điển hình")
    await q.hoa.tap(next(label for label in q.hoa.last.labels if "Một cửa 15 phút" in label))
    await q.hoa.send(LESSON)
    await q.hoa.tap("Ghi lại")


async def the_export(q: Quarter) -> Any:
    """Everything there is, as the secretariat takes it out."""
    await q.hung.send("/xuat")
    await q.hung.tap("Tất cả các kỳ")
    await q.hung.tap("JSON")
    return json.loads(documents(q.office, q.hung)[-1][1])
