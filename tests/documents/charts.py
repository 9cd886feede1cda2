"""The chart of an office that is invented: python -m tests.documents.charts draws docs/chart.png anew."""

from pathlib import Path

from bot.documents.chart import Chart, draw_chart

FILE = Path(__file__).parents[2] / "docs" / "chart.png"

CHART = Chart(
    title="Gương người tốt, việc tốt tháng 11/2026",
    subtitle="Văn phòng Ủy ban nhân dân tỉnh Đồng Nai",
    trend_title="Số gương được đề cử từng tháng",
    trend=tuple(
        (label, n)
        for label, n in zip(
            ["T11", "T12", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11"],
            [18, 25, 9, 0, 21, 24, 31, 42, 28, 33, 37, 29, 46],
            strict=True,
        )
    ),
    units_title="Theo đơn vị trong tháng",
    units=(
        ("Phòng Hành chính - Tổ chức", 9),
        ("Trung tâm Phục vụ hành chính công", 8),
        ("Phòng Tổng hợp", 6),
        ("Phòng Nội chính", 5),
        ("Phòng Kinh tế ngành", 4),
        ("Phòng Khoa giáo - Văn xã", 4),
        ("Ban Tiếp công dân", 3),
        ("Phòng Quản trị - Tài vụ", 2),
        ("Trung tâm Công báo - Tin học", 2),
        ("Nhà khách", 1),
        ("3 đơn vị khác", 2),
    ),
    footer="Số liệu đến 16:30 ngày 26/11/2026",
)

if __name__ == "__main__":
    FILE.write_bytes(draw_chart(CHART))
