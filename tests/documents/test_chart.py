"""The chart: every number is its bar, every word is in its place, whatever the office is like."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import combinations, groupby
from operator import attrgetter
from subprocess import SubprocessError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.chart import PAPER, Chart, chart_svg, draw_chart, draw_chart_apart, read_chart
from bot.documents.chart_layout import SIDE, WIDTH, Label, Layout, Part, lay_out
from bot.documents.chart_letters import ELLIPSIS, in_one
from bot.documents.picture import rendered
from bot.documents.picture_card_layout import Box
from bot.documents.picture_card_letters import has_letter, shaped
from bot.documents.picture_process import draw_apart
from tests.documents.charts import CHART, FILE
from tests.documents.png_pixels import pixels

NAME = "Trung tâm Phục vụ hành chính công tỉnh"
LONG_NAME = (NAME + " và Tổ công tác chuyển đổi số liên ngành của Văn phòng")[:80]
MONTHS = [f"T{month}" for month in (11, 12, *range(1, 12))]


def trend(*numbers: int) -> tuple[tuple[str, int], ...]:
    return tuple(zip(MONTHS[-len(numbers) :], numbers, strict=True))


def units(number: int, most: int, name: str = NAME) -> tuple[tuple[str, int], ...]:
    return tuple((f"{name} {place}", max(0, most - place)) for place in range(number))


EXTREMES = {
    "plain": CHART,
    "zeros": replace(CHART, trend=trend(*[0] * 13), units=units(10, 0)),
    "one": replace(CHART, trend=trend(0, 0, 7), units=(("Nhà khách", 7),)),
    "no units": replace(CHART, units=()),
    "no trend": replace(CHART, trend=()),
    "nothing": Chart("", "", "", (), "", (), ""),
    "sixty": replace(CHART, units=units(60, 90)),
    "long names": replace(CHART, units=units(11, 40, LONG_NAME)),
    "wide names": replace(CHART, units=(("W" * 80, 2), ("Ẳ" * 80, 1), ("i" * 80, 1))),
    "a million": replace(
        CHART, trend=trend(*[1_000_000, 1, 999_999, 0] * 3, 1_000_000), units=units(11, 1_000_000)
    ),
    "english": replace(CHART, trend=trend(1234, 1_000_000, 5), units=units(5, 1_234_567), language="en"),
    "years": replace(CHART, trend=tuple((f"Năm {year}", year) for year in range(2022, 2027))),
    "quarters": replace(CHART, trend=tuple((f"Quý {n % 4 + 1}/{2024 + n // 4}", n * 9) for n in range(9))),
    "full months": replace(CHART, trend=tuple((f"Tháng {m:02}/2026", m * 111) for m in range(1, 13))),
    "two years": replace(CHART, trend=tuple((f"tháng {n}/2026", n * 1000) for n in range(24))),
    "long words": replace(
        CHART,
        title="Gương người tốt, việc tốt " * 9,
        subtitle="x" * 200,
        trend_title="Số gương " * 40,
        units_title="Đơn vị " * 40,
        footer="Đến 16:30 " * 60,
    ),
    "foreign": replace(CHART, title="王 🌸 <b>&amp;", units=(("🌸", 3), ("<script>", 1)), footer="🌸"),
}


def layout_of(chart: Chart) -> Layout:
    return lay_out(
        title=chart.title,
        subtitle=chart.subtitle,
        trend_title=chart.trend_title,
        trend=chart.trend,
        units_title=chart.units_title,
        units=chart.units,
        footer=chart.footer,
        language=chart.language,
        others=chart.others,
    )


def overlapping(one: Box, two: Box) -> bool:
    return (
        one.x < two.x + two.width - 0.01
        and two.x < one.x + one.width - 0.01
        and one.y < two.y + two.height - 0.01
        and two.y < one.y + one.height - 0.01
    )


def said(layout: Layout, part: Part) -> list[tuple[str, str]]:
    """What a part was to say, and what its lines say; no two neighbours are to say the same."""
    labels = groupby(labels_of(layout, part), key=lambda label: label.of)
    return [(in_one(of), " ".join(label.text for label in lines)) for of, lines in labels]


def labels_of(layout: Layout, part: Part) -> list[Label]:
    return [label for label in layout.labels if label.part is part]


def check(chart: Chart) -> Layout:
    """Everything that holds for every chart; its layout for more."""
    layout = layout_of(chart)
    check_letters(layout)
    check_places(layout)
    check_words(chart, layout)
    check_numbers(chart, layout)
    return layout


def check_letters(layout: Layout) -> None:
    """Each label is as wide as it is drawn, of letters that the font has, and large enough for a phone."""
    for label in layout.labels:
        ink = shaped(label.text, label.weight)
        wide, tall = ink.width * label.size, (ink.above + ink.below) * label.size
        took = (label.box.height, label.box.width) if label.turned else (label.box.width, label.box.height)
        assert took == pytest.approx((wide, tall), abs=0.01)
        assert all(has_letter(sign, label.weight) for sign in label.text), label
        assert label.size >= 22


def check_places(layout: Layout) -> None:
    """Nothing leaves the picture, no two labels touch, and no label lies on a bar."""
    boxes = [*(label.box for label in layout.labels), *(bar.box for bar in layout.bars)]
    for box in boxes:
        assert box.x >= SIDE - 0.01
        assert box.x + box.width <= WIDTH - SIDE + 0.01
        assert box.y >= 30
        assert box.y + box.height <= layout.height - 30
    for one, two in combinations(boxes, 2):
        assert not overlapping(one, two), (one, two)


def check_words(chart: Chart, layout: Layout) -> None:
    """All of every text is there, or its beginning and an “…”."""
    headings = [
        title
        for title, numbers in ((chart.trend_title, chart.trend), (chart.units_title, chart.units))
        if numbers
    ]
    for part, texts in (
        (Part.TITLE, [chart.title]),
        (Part.SUBTITLE, [chart.subtitle]),
        (Part.HEADING, headings),
        (Part.UNIT_NAME, [name for name, _ in chart.units]),
        (Part.FOOTER, [chart.footer]),
    ):
        found = said(layout, part)
        assert [of for of, _ in found] == [in_one(text) for text in texts if in_one(text)]
        for of, shown in found:
            assert squeezed(shown) == squeezed(of) or (
                shown.endswith(ELLIPSIS) and squeezed(of).startswith(squeezed(shown).removesuffix(ELLIPSIS))
            ), (of, shown)
    labels = [label for label, _ in chart.trend]
    if not any(label.turned for label in labels_of(layout, Part.TREND_LABEL)):
        labels = [label.partition("\n")[0] for label in labels] + [
            year for label in labels if (year := label.partition("\n")[2])
        ]
    assert said(layout, Part.TREND_LABEL) == [(in_one(label),) * 2 for label in labels]


def squeezed(text: str) -> str:
    return "".join(text.split())


def check_numbers(chart: Chart, layout: Layout) -> None:
    """Each number is whole, as the language writes it, and beside a bar of its length; zero has none."""
    upright = layout.bars[: sum(n > 0 for _, n in chart.trend)]
    lying = layout.bars[len(upright) :]
    for numbers, bars, part, length in (
        (chart.trend, upright, Part.TREND_VALUE, attrgetter("height")),
        (chart.units, lying, Part.UNIT_VALUE, attrgetter("width")),
    ):
        separator = "." if chart.language == "vi" else ","
        written = [f"{n:,}".replace(",", separator) for _, n in numbers]
        assert [label.text for label in labels_of(layout, part)] == written
        assert [(bar.label, bar.value) for bar in bars] == [(label, n) for label, n in numbers if n]
        most = max((bar.value for bar in bars), default=0)
        longest = max((length(bar.box) for bar in bars), default=0.0)
        for bar in bars:
            assert length(bar.box) == pytest.approx(max(longest * bar.value / most, 3.0))
        assert longest > 200 or not bars
    newest = [bar for bar in upright if bar.part is Part.NEWEST]
    assert [bar.value for bar in newest] == [n for _, n in chart.trend[-1:] if n]
    if layout.baseline:
        assert all(bar.box.y + bar.box.height == pytest.approx(layout.baseline.y) for bar in upright)


@pytest.mark.parametrize("chart", EXTREMES.values(), ids=EXTREMES)
def test_every_label_has_its_place_and_every_number_its_bar(chart):
    """Zeros, one unit, sixty, names of 80 letters, a million, English: nothing overlaps, nothing is lost."""
    check(chart)


words = st.lists(
    st.sampled_from((NAME + " Ễ Ở ỡm Tự ẵm nghiêng 1.234 (2026) W").split()), min_size=1, max_size=14
)
names = words.map(lambda some: " ".join(some)[:80].strip())
numbers = st.one_of(st.integers(0, 40), st.integers(0, 1_000_000))


@given(
    title=names,
    numbers=st.lists(numbers, min_size=1, max_size=13),
    units=st.lists(st.tuples(names, numbers), max_size=12, unique_by=lambda unit: unit[0]),
    language=st.sampled_from(["vi", "en"]),
)
@settings(max_examples=40, deadline=None)
def test_any_office_and_any_figures_have_room(title, numbers, units, language):
    """Whatever the names are and the numbers, up to a million."""
    check(replace(CHART, title=title, trend=trend(*numbers), units=tuple(units), language=language))


def test_labels_of_a_year_of_months_stand_upright():
    """Thirteen months are named below their columns, the year below the first and each January."""
    layout = check(CHART)
    assert not any(label.turned for label in layout.labels)
    assert [label.text for label in labels_of(layout, Part.TREND_LABEL)][-2:] == ["2025", "2026"]
    assert all(label.size >= 30 for label in labels_of(layout, Part.TREND_VALUE))


def test_numbers_that_are_too_wide_are_written_upwards():
    """A million a month has no room beside the next one, and is not cut."""
    layout = check(EXTREMES["a million"])
    assert all(label.turned for label in labels_of(layout, Part.TREND_VALUE))
    assert not any(label.turned for label in labels_of(layout, Part.TREND_LABEL))


def test_names_that_fit_are_whole():
    """Forty letters are shown, on two lines where one is too short; eighty may be cut, honestly."""
    for name in (NAME, "Phòng Khoa giáo - Văn xã", "Văn phòng Đoàn đại biểu Quốc hội và HĐND"):
        assert said(check(replace(CHART, units=((name, 4),))), Part.UNIT_NAME) == [(name, name)]


def without_words(svg: str) -> str:
    return re.sub("<text.*?</text>", "", svg)


PIXELS = 360


@pytest.mark.parametrize("name", ["plain", "zeros", "a million", "long names", "english", "full months"])
def test_the_ink_is_where_the_layout_says(name):
    """Drawn with and without its words, a chart differs within each label's place, and nowhere else."""
    chart = EXTREMES[name]
    layout, svg = layout_of(chart), chart_svg(chart)
    scale = PIXELS / WIDTH
    drawn, bare = (pixels(rendered(each, width=PIXELS)) for each in (svg, without_words(svg)))
    inked = differing(drawn, bare)
    allowed: set[tuple[int, int]] = set()
    for label in layout.labels:
        place = pixels_of(label.box, scale)
        assert len(inked & place) > label.size * scale * 0.3, f"{label.text} is not drawn"
        allowed |= place
    assert not inked - allowed


@pytest.mark.parametrize("name", ["plain", "zeros", "a million"])
def test_the_bars_are_where_the_layout_says(name):
    """Apart from the words, the edge and the line, everything that is not paper is a bar."""
    layout = layout_of(EXTREMES[name])
    drawn = pixels(rendered(without_words(chart_svg(EXTREMES[name])), width=PIXELS))
    scale, paper = PIXELS / WIDTH, bytes.fromhex(PAPER.removeprefix("#")) + b"\xff"
    coloured = {
        (x, y)
        for y, row in enumerate(drawn)
        for x, pixel in enumerate(row)
        if pixel != paper and 2 < x < PIXELS - 3 and 2 < y < len(drawn) - 3
    }
    allowed: set[tuple[int, int]] = set()
    for box in [*(bar.box for bar in layout.bars), *([layout.baseline] if layout.baseline else [])]:
        place = pixels_of(box, scale)
        assert len(coloured & place) >= box.width * box.height * scale * scale * 0.8
        allowed |= place
    assert not coloured - allowed


def differing(one: Sequence[Sequence[bytes]], two: Sequence[Sequence[bytes]]) -> set[tuple[int, int]]:
    return {
        (x, y)
        for y, (row, other) in enumerate(zip(one, two, strict=True))
        if row != other
        for x in range(len(row))
        if row[x] != other[x]
    }


def pixels_of(box: Box, scale: float) -> set[tuple[int, int]]:
    """The pixels that a box touches, and one more around it."""
    x_range = range(int(box.x * scale) - 1, int((box.x + box.width) * scale) + 2)
    y_range = range(int(box.y * scale) - 1, int((box.y + box.height) * scale) + 2)
    return {(x, y) for x in x_range for y in y_range}


def test_everything_stands_out_from_the_paper():
    """In either theme the picture has its own opaque paper: words by 4.5 to 1 at least, bars by 3."""
    svg = chart_svg(CHART)
    for tag, least in (("text", 4.5), ("rect", 3.0)):
        colours = set(re.findall(rf'<{tag}[^>]* fill="(#[0-9a-f]{{6}})"', svg)) - {PAPER}
        assert len(colours) > 1
        assert all(contrast(colour, PAPER) >= least for colour in colours)
    corner = pixels(rendered(svg, width=PIXELS))
    assert {pixel[3] for row in corner for pixel in row} == {255}
    assert corner[0][0][:3] != bytes.fromhex(PAPER.removeprefix("#"))


def contrast(one: str, two: str) -> float:
    """By WCAG 2.2, from 1 to 21."""
    low, high = sorted(map(luminance, (one, two)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [value / 255 for value in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_stands_for_several_units_does_not_look_like_one():
    """The bar of the others has the colour of what is not spoken of; where none are cut, no bar has."""
    lying = [bar for bar in layout_of(CHART).bars if bar.label in dict(CHART.units)]
    assert [bar.part for bar in lying] == [*[Part.NEWEST] * 7, Part.BAR]
    whole = layout_of(replace(CHART, others=False)).bars
    assert {bar.part for bar in whole if bar.label in dict(CHART.units)} == {Part.NEWEST}


def test_the_same_chart_is_the_same_picture():
    """Drawn twice, apart, and after it was kept as a row: byte for byte, 1,080 wide, and light to send."""
    once = draw_chart(CHART)
    assert once == draw_chart(CHART) == draw_chart_apart(CHART)
    assert once == draw_chart(read_chart(json.loads(json.dumps(asdict(CHART)))))
    assert int.from_bytes(once[16:20]) == 900
    assert len(once) < 300_000


def test_what_cannot_be_drawn_is_said(capfd):
    """The process of its own fails, and who asked for the picture learns it."""
    with pytest.raises(SubprocessError):
        draw_apart(rendered, "no picture")
    assert "ValueError" in capfd.readouterr().err


def test_markup_in_a_word_is_a_word():
    """Names with < & > are drawn as typed, whatever the font has not is left out."""
    chart = replace(CHART, units=(('<b>Lan & "An"</b> ]]>', 3), ("王", 2)))
    assert "<b>" not in chart_svg(chart)
    assert said(check(chart), Part.UNIT_NAME) == [('<b>Lan & "An"</b> ]]>',) * 2]
    assert draw_chart(chart).startswith(b"\x89PNG")


def test_the_chart_can_be_looked_at():
    """docs/chart.png shows the chart of tests/documents/charts.py, as large as it is drawn today."""
    assert FILE.read_bytes()[16:24] == draw_chart(CHART)[16:24], "run: python -m tests.documents.charts"
