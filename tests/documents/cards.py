"""Four picture cards of people who are invented: python -m tests.documents.cards draws docs/cards anew."""

from pathlib import Path

from bot.documents.picture import rendered
from bot.documents.picture_card import Card, draw_card

FOLDER = Path(__file__).parents[2] / "docs" / "cards"
_OFFICE = "Văn phòng Ủy ban nhân dân tỉnh Đồng Nai"


def stand_in(shirt: str = "#5b7186") -> bytes:
    """A picture in a photo's place: the outline of somebody before a bright wall."""
    return rendered(
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="800">'
        '<defs><linearGradient id="wall" x2="0" y2="1"><stop stop-color="#efe7d8"/>'
        '<stop offset="1" stop-color="#d9cbb4"/></linearGradient></defs>'
        '<rect width="640" height="800" fill="url(#wall)"/>'
        f'<path d="M70 800C70 560 190 500 320 500S570 560 570 800Z" fill="{shirt}"/>'
        '<path d="M262 430h116v86q-58 74 -116 0Z" fill="#d3a582"/>'
        '<ellipse cx="320" cy="310" rx="118" ry="150" fill="#e2b794"/>'
        '<path d="M196 320Q180 130 320 130T444 320Q430 226 356 222 240 226 196 320Z" fill="#2f2a28"/></svg>'
    )


CARDS = {
    "mot-viec-tot": Card(
        name="Nguyễn Thị Hồng Lan",
        post="Chuyên viên",
        unit="Phòng Hành chính - Tổ chức",
        kind="Người tốt, việc tốt",
        period="Tháng 01/2024",
        text="Soạn bộ câu hỏi đáp về thủ tục đất đai, giúp người dân chuẩn bị đủ hồ sơ ngay từ lần đầu;"
        " số lượt phải bổ sung giảm từ 31 xuống còn 9 trong một tháng.",
        office=_OFFICE,
    ),
    "nhan-to-moi": Card(
        name="Phạm Mỹ Lệ",
        post="Viên chức",
        unit="Trung tâm Phục vụ hành chính công tỉnh",
        kind="Nhân tố mới",
        period="Quý I/2024",
        text="Đón tiếp người cao tuổi bằng tiếng Chơ Ro và tiếng Việt; tự học để hướng dẫn thêm"
        " ba đồng nghiệp.",
        office=_OFFICE,
        photo=stand_in(),
    ),
    "mo-hinh": Card(
        name="Tổ số hóa hồ sơ lưu trữ và hướng dẫn dịch vụ công trực tuyến",
        post="",
        unit="Trung tâm Công báo - Tin học",
        kind="Mô hình mới",
        period="Quý I/2024",
        text="Mỗi sáng thứ Hai, tổ dành một giờ cùng các phòng số hóa hồ sơ của tuần trước: người giữ hồ sơ"
        " đọc, người của tổ quét và đặt tên theo một quy tắc. Sau ba tháng, 4.120 hồ sơ tìm được trong chưa"
        " đầy một phút, không phòng nào còn phải cử người đi tìm trong kho. Cách làm không cần thêm máy móc,"
        " chỉ cần một bảng tên thống nhất và một giờ cố định.",
        office=_OFFICE,
    ),
    "dien-hinh": Card(
        name="Trần Đức Khởi Nguyên",
        post="Phó Trưởng phòng",
        unit="Phòng Quản trị - Tài vụ",
        kind="Điển hình tiên tiến",
        period="Năm 2024",
        text="Đồng chí phụ trách việc mua sắm và sửa chữa của toàn Văn phòng. Thấy các phòng thường phải chờ"
        " lâu vì mỗi lần đề nghị lại thiếu một giấy tờ khác nhau, đồng chí đã ghi lại từng lần trả hồ sơ"
        " trong hai tháng, gộp thành bốn nguyên nhân, rồi soạn một tờ hướng dẫn dài đúng một trang cho mỗi"
        " loại việc.\n"
        "Thời gian từ khi đề nghị đến khi được cấp giảm từ mười một ngày xuống còn bốn ngày; số lần phải bổ"
        " sung giấy tờ giảm hơn hai phần ba. Đồng chí cũng lập sổ theo dõi điện, nước theo từng tầng và cùng"
        " bảo vệ đi tắt đèn, khóa nước sau giờ làm; sáu tháng cuối năm, tiền điện giảm 14% so với cùng kỳ.\n"
        "Điều đáng học là đồng chí không chờ quy định mới: bắt đầu từ việc đếm, hỏi người làm, sửa một việc"
        " nhỏ, rồi đếm lại. Ba đơn vị đã xin tờ hướng dẫn về dùng; đồng chí đến từng nơi nói cách ghi chép để"
        " nơi khác tự làm được mà không cần đến mình.",
        office=_OFFICE,
        photo=stand_in("#3f4a4f"),
    ),
}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, card in CARDS.items():
        (FOLDER / f"{name}.png").write_bytes(draw_card(card))
