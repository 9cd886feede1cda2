"""A picture with its caption changes in place on the page, as the summary's chart does."""

import json
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.documents.chart import Chart, draw_chart
from bot.sandbox.params import Upload
from tests.browser.conftest import LEADER, USER_IDS, Visit
from tests.documents.charts import CHART

pytestmark = pytest.mark.asyncio(loop_scope="session")

LATER = replace(CHART, title="Tình hình tháng 12/2026", units=CHART.units[:3])


def upload(chart: Chart) -> Upload:
    """A chart as the bot sends it."""
    return Upload("chart.png", draw_chart(chart), "image/png")


def keys(label: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": "later"}]]}


async def size_of(picture: Locator) -> list[int]:
    """How large the picture is that has been loaded."""
    await expect(picture).to_have_js_property("complete", value=True)
    return list(await picture.evaluate("image => [image.naturalWidth, image.naturalHeight]"))


async def test_a_chart_changes_in_place(visit: Visit) -> None:
    """Picture, caption and buttons of the same bubble; nothing is added, and the log stays at its end."""
    phone = await visit.phone(LEADER)
    place: dict[str, Any] = {"chat_id": USER_IDS[LEADER]}
    sent = await visit.bot.call(
        "sendPhoto",
        **place,
        caption="<b>46</b> đề cử",
        parse_mode="HTML",
        reply_markup=keys("Tháng sau"),
        files={"photo": upload(CHART)},
    )
    bubble = phone.locator(".message.in").last
    picture = bubble.locator("button.photo img")
    await expect(bubble).to_contain_text("46 đề cử")
    before = await picture.get_attribute("src")
    first = await size_of(picture)
    count = await phone.locator(".message").count()

    media = {"type": "photo", "media": "attach://picture", "caption": "7 đề cử"}
    await visit.bot.call(
        "editMessageMedia",
        **place,
        message_id=sent["message_id"],
        media=json.dumps(media),
        reply_markup=keys("Tháng trước"),
        files={"picture": upload(LATER)},
    )
    await expect(bubble).to_contain_text("7 đề cử")
    await expect(bubble).not_to_contain_text("46 đề cử")
    await expect(picture).not_to_have_attribute("src", before or "")
    assert first[0] == 900
    assert (await size_of(picture))[1] < first[1]
    await expect(bubble.locator(".key")).to_have_text("Tháng trước")
    await expect(phone.locator(".message")).to_have_count(count)
    box, log = await bubble.bounding_box(), await phone.locator(".log").bounding_box()
    assert box is not None
    assert log is not None
    assert box["y"] + box["height"] <= log["y"] + log["height"]


async def test_words_become_a_picture_in_place(visit: Visit) -> None:
    """A message of words that is given a picture shows it, in the same bubble."""
    phone = await visit.phone(LEADER)
    place: dict[str, Any] = {"chat_id": USER_IDS[LEADER]}
    sent = await visit.bot.call("sendMessage", **place, text="Xin chọn kỳ")
    bubble = phone.locator(".message.in").last
    await expect(bubble).to_contain_text("Xin chọn kỳ")
    media = {"type": "photo", "media": "attach://picture", "caption": "46 đề cử"}
    await visit.bot.call(
        "editMessageMedia",
        **place,
        message_id=sent["message_id"],
        media=json.dumps(media),
        files={"picture": upload(CHART)},
    )
    await expect(bubble.locator("button.photo img")).to_be_visible()
    await expect(bubble).to_contain_text("46 đề cử")
    await expect(bubble).not_to_contain_text("Xin chọn kỳ")
