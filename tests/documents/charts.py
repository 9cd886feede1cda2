"""The chart of an office that is invented: python -m tests.documents.charts draws docs/chart.png anew."""

from pathlib import Path

from bot.documents.chart import Chart, draw_chart

FILE = Path(__file__).parents[2] / "docs" / "chart.png"

CHART = Chart(
    title="Tình hình tháng 11/2026",
    subtitle="46 gương được đề cử · 12 gương được chọn",
    trend_title="Số gương được đề cử từng tháng",
    trend=tuple(
        (label, n)
        for label, n in zip(
            ["11\n2025", "12", "1\n2026", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
            [18, 25, 9, 0, 21, 24, 31, 42, 28, 33, 37, 29, 46],
            strict=True,
        )
    ),
    units_title="Theo đơn vị trong tháng",
    units=(
        ("Phòng Hành chính - Tổ chức", 11),
        ("Trung tâm Phục vụ hành chính công", 9),
        ("Phòng Tổng hợp", 7),
        ("Phòng Nội chính", 6),
        ("Phòng Kinh tế ngành", 4),
        ("Ban Tiếp công dân", 3),
        ("Phòng Quản trị - Tài vụ", 2),
        ("3 đơn vị khác", 4),
    ),
    footer="Số liệu đến 16:30 ngày 26/11/2026",
    others=True,
)

if __name__ == "__main__":
    FILE.write_bytes(draw_chart(CHART))
