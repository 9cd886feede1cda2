"""Nominating, as people do it."""

from tests.office import Office


async def test_one_message_and_one_tap(office: Office):
    """A sentence gives a filled card; one tap sends it, and the receipt has a number."""
    lan = office.phone("lan")
    await lan.send(
        "Đề cử anh Tuấn, phòng Tổng hợp, vì đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ"
    )
    print(lan.screen)
    assert "Bùi Anh Tuấn" in lan.screen
    await lan.tap("Gửi")
    print(lan.screen)
    assert "Đã ghi nhận đề cử số" in lan.screen
