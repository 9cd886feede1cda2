"""The portal's article: only what was agreed to, seen as it reads, approved, packed, published."""

from bot.domain.articles import ArticleState
from bot.messages import Call
from storage import articles
from tests.articles import TICK, URL, a_draft, an_approved, package, the_article
from tests.exemplars import agreed, taken_over
from tests.posting import said


async def test_the_whole_way(office, phones, hung):
    """Picked, seen as it reads with who agreed, packed, approved, its address told back in one message."""
    exemplar = await agreed(office)
    await a_draft(hung, "lan2")
    assert "Bản thảo, chưa được duyệt" in hung.last.text
    assert "Điển hình tiên tiến: Nguyễn Thị Lan, Phòng Nội chính" in hung.last.text
    assert exemplar.text in hung.last.text
    assert "Nguyễn Thị Lan: đồng ý ngày 18/11/2026 trong Telegram, với lời và ảnh bản 1" in hung.last.text
    await hung.tap("Tải gói bài viết")
    files = package(office, hung)
    assert list(files) == ["bai-viet.html", "bai-viet.md", "dong-y.txt", "anh/01-the.png"]
    for form in ("bai-viet.html", "bai-viet.md"):
        assert "BẢN THẢO, CHƯA ĐƯỢC DUYỆT" in files[form]
        assert exemplar.text in files[form].replace("\\", "")
        assert "anh/01-the.png" in files[form]
    assert "đồng ý ngày 18/11/2026" in files["dong-y.txt"]
    assert "Bản thảo" in files["dong-y.txt"]
    await hung.tap("Quay lại")
    await hung.tap("Duyệt bài")
    assert any("Đã duyệt ngày 18/11/2026" in text for text in said(hung))
    await hung.tap("Tải gói bài viết")
    assert "BẢN THẢO" not in "".join(package(office, hung).values())
    await hung.send(f"/dadang 1 {URL}")
    assert f"Địa chỉ: {URL}" in hung.last.text
    assert "Đã đăng trên Cổng Thông tin điện tử ngày 18/11/2026" in hung.last.text
    kept = await the_article(office)
    assert (kept.state, kept.url, str(kept.published_on)) == (ArticleState.PUBLISHED, URL, "2026-11-18")
    await hung.send("/baiviet")
    assert "✓ Đã đăng · 1" in hung.last.labels
    assert "1. Điển hình tiên tiến: Nguyễn Thị Lan, Phòng Nội chính" in hung.last.labels


async def test_several_in_the_order_of_the_taps(office, phones, hung):
    """Of a quarter's months; picked again they stand in another order; a title for all of them."""
    for code in ("lan2", "duc", "tuan"):
        await agreed(office, code, nominator="minh")
    await a_draft(hung, "tuan", "lan2", period="Quý 4/2026")
    text = hung.last.text
    assert "Gương người tốt, việc tốt, điển hình tiên tiến quý 4/2026" in text
    assert "giới thiệu 2 gương tiêu biểu" in text
    assert text.index("Bùi Anh Tuấn\n") < text.index("Nguyễn Thị Lan\n")
    await hung.tap("Chọn lại gương, thứ tự")
    await hung.tap("✓ 1. Bùi Anh Tuấn · Phòng Tổng hợp")
    await hung.tap(TICK["duc"])
    await hung.tap(TICK["tuan"])
    assert "1. Nguyễn Thị Lan" in hung.last.text
    await hung.tap("Xong · 3 gương")
    text = hung.last.text
    assert text.index("Nguyễn Thị Lan\n") < text.index("Đỗ Minh Đức\n") < text.index("Bùi Anh Tuấn\n")
    assert len((await the_article(office)).told) == 3


async def test_told_in_three_messages(office, phones, hung):
    """Which one, where, on which day: what was typed well stays when something else was not."""
    await agreed(office)
    await an_approved(hung, "lan2")
    await hung.send("/dadang")
    await hung.tap("1. Điển hình tiên tiến: Nguyễn Thị Lan, Phòng Nội chính")
    for wrong, why in (
        ("dongnai.gov.vn/guong", "phải bắt đầu bằng https://"),
        ("https://", "không phải địa chỉ"),
        ("https://mot-cua", "không phải địa chỉ"),
        ("https://ai:mk@dongnai.gov.vn", "không phải địa chỉ"),
        ("https://dongnai.gov.vn:99999/", "không phải địa chỉ"),
        ("javascript://dongnai.gov.vn/%0aalert(1)", "phải bắt đầu bằng https://"),
        ("https://dongnai.gov.vn/" + "a" * 500, "không phải địa chỉ"),
        ("https://[dongnai", "không phải địa chỉ"),
    ):
        await hung.send(wrong)
        assert why in hung.last.text, wrong
        assert wrong[:40] in hung.last.text
    await hung.send(URL)
    assert "Ngày đăng: 18/11/2026" in hung.last.text
    await hung.send("ngày kia")
    assert "Không hiểu ngày “ngày kia”" in hung.last.text
    await hung.send("30/11/2026")
    assert "chưa đến" in hung.last.text
    await hung.send("hôm qua")
    assert f"Địa chỉ: {URL}" in hung.last.text
    assert "Ngày đăng: 17/11/2026" in hung.last.text
    await hung.tap("Ghi nhận bài đã đăng")
    kept = await the_article(office)
    assert (kept.url, str(kept.published_on)) == (URL, "2026-11-17")
    await hung.tap_data(str(Call("ap", 1, 1, "go")))
    assert (await the_article(office)).version == kept.version


async def test_an_address_with_its_day_in_one_message(office, phones, hung):
    """A day behind the address is its day; a wrong one is asked for again; the number alone asks where."""
    await agreed(office)
    await an_approved(hung, "lan2")
    await hung.send("/dadang 1 dongnai.gov.vn")
    assert "phải bắt đầu bằng https://" in hung.last.text
    await hung.send(f"{URL} 15/11/2026")
    assert "Ngày đăng: 15/11/2026" in hung.last.text
    await hung.send("/huy")
    assert (await the_article(office)).state is ArticleState.APPROVED
    await hung.send("/dadang bài của chị Lan")
    assert "/dadang 3 https://" in hung.last.text
    await hung.send(f"/dadang {URL}")
    assert "Bài số 1" in hung.last.text, "one alone waits"
    await hung.tap("Ghi nhận bài đã đăng")
    assert (await the_article(office)).url == URL
    await hung.send(f"/dadang 1 {URL}")
    assert "đã được ghi nhận là đã đăng rồi" in hung.last.text
    await hung.send(f"/dadang 7 {URL}")
    assert "Không có bài viết này" in hung.last.text


async def test_what_is_pasted_below_the_list_is_taken(office, phones, hung):
    """After /dadang alone the address, a number or both are read as behind the command."""
    for code in ("lan2", "duc"):
        await agreed(office, code, nominator="minh")
        await an_approved(hung, code)
    await hung.send("/dadang")
    await hung.send("bài hôm qua")
    assert "/dadang 3 https://" in hung.last.text
    await hung.send(URL)
    assert "Bài nào đã đăng" in hung.last.text
    await hung.send("2")
    assert f"Địa chỉ: {URL}" in hung.last.text
    assert "Bài số 2" in hung.last.text
    await hung.send("/dadang")
    await hung.send(f"1 {URL}")
    assert (await the_article(office, 1)).url == URL
    assert (await the_article(office, 2)).url == ""


async def test_an_address_waits_for_its_article(office, phones, hung):
    """Where two are approved, the address typed first is kept until one is chosen."""
    for code in ("lan2", "duc"):
        await agreed(office, code, nominator="minh")
        await an_approved(hung, code)
    await hung.send(f"/dadang {URL}")
    await hung.tap("2. Điển hình tiên tiến: Đỗ Minh Đức, Phòng Nội chính")
    assert f"Địa chỉ: {URL}" in hung.last.text
    await hung.tap("Ghi nhận bài đã đăng")
    assert (await the_article(office, 2)).url == URL
    assert (await the_article(office, 1)).url == ""


async def test_only_what_was_agreed_to_is_offered(office, phones, hung):
    """Who was not asked cannot be picked, not even by a forged button."""
    await agreed(office)
    other = await taken_over(office, "duc", nominator="minh")
    await hung.send("/baiviet")
    await hung.tap("Soạn bài mới")
    await hung.tap("Tháng 11/2026 · 1 gương")
    assert TICK["duc"] not in hung.last.labels
    await hung.tap_data(str(Call("ar", 1, 1, "tick", str(other.id))))
    assert hung.toast
    assert "Xong" not in " ".join(hung.last.labels)


async def test_agreed_on_paper(office, phones, hung):
    """The day is the sheet's."""
    await taken_over(office)
    await hung.send("/nhapgiay")
    await hung.tap("Ý kiến đồng ý công bố")
    await hung.tap("Nguyễn Thị Lan · chưa hỏi")
    await hung.tap("Đồng ý công bố")
    await hung.tap("Hôm qua")
    await hung.photo()
    await hung.tap("Ghi nhận")
    await a_draft(hung, "lan2")
    assert "Nguyễn Thị Lan: đồng ý trên phiếu giấy ngày 17/11/2026, với lời và ảnh bản 1" in hung.last.text
    await hung.tap("Tải gói bài viết")
    files = package(office, hung)
    assert "trên phiếu giấy ngày 17/11/2026" in files["dong-y.txt"]
    assert "Không lấy được ảnh." in files["dong-y.txt"], "no card was drawn"
    assert "<img" not in files["bai-viet.html"]


async def test_a_group_is_spoken_for(office, phones, hung):
    """Who agreed for a group is named to the clerk, not in the article."""
    await agreed(office, "thao", nominator="lan", name="Tổ tiếp nhận hồ sơ")
    await hung.send("/baiviet")
    await hung.tap("Soạn bài mới")
    await hung.tap("Tháng 11/2026 · 1 gương")
    await hung.tap("Tổ tiếp nhận hồ sơ · Trung tâm Phục vụ hành chính công")
    await hung.tap("Xong · 1 gương")
    assert "Tổ tiếp nhận hồ sơ (Đặng Phương Thảo trả lời thay): đồng ý ngày" in hung.last.text
    await hung.tap("Tải gói bài viết")
    files = package(office, hung)
    assert "Thảo" in files["dong-y.txt"]
    assert "Thảo" not in files["bai-viet.html"] + files["bai-viet.md"]


async def test_pressed_twice_counts_once(office, phones, hung):
    """Done, approved, published twice over: one article, one of each act in the log."""
    await agreed(office)
    await a_draft(hung, "lan2")
    await hung.tap_data(str(Call("ar", 1, 2, "done")))
    for _ in range(2):
        await hung.tap_data(str(Call("ar", 1, 1, "approve")))
    for _ in range(2):
        await hung.send(f"/dadang 1 {URL}")
    async with office.database.reading() as session:
        assert await articles.find_article(session, 2) is None
        rows = await session.fetch("select act from audit where subject = 'article' order by id")
    assert [row["act"] for row in rows] == ["make_article", "approve_article", "publish_article"]


async def test_nobody_else(office, phones, hung):
    """Heads, employees and leaders have no way in, whatever they press."""
    await agreed(office)
    await an_approved(hung, "lan2")
    for code in ("minh", "lan", "chanh", "lan2"):
        phone = phones[code]
        for command in ("/baiviet", "/dadang", f"/dadang 1 {URL}", "/articles", "/published"):
            await phone.send(command)
            assert "thư ký" in phone.last.text, (code, command)
        for act in ("show", "approve", "reopen", "drop", "sure", "down", "package", "edit", "page"):
            await phone.tap_data(str(Call("ar", 1, 2, act)))
            assert "thư ký" in (phone.toast or ""), (code, act)
        for act in ("list", "pick", "go"):
            await phone.tap_data(str(Call("ap", 1, 2, act)))
            assert "thư ký" in (phone.toast or ""), (code, act)
    assert (await the_article(office)).state is ArticleState.APPROVED


async def test_forged_and_stale_buttons(office, phones, hung):
    """What a button claims is looked at again: states, versions, what there is."""
    await agreed(office)
    await a_draft(hung, "lan2")
    for call in (
        Call("ar", 9, 1, "show"),
        Call("ar", 1, 7, "approve"),
        Call("ar", 1, 1, "reopen"),
        Call("ar", 1, 1, "publish"),
        Call("ar", 0, 0, "list", "lost,0"),
        Call("ar", 0, 0, "list", "draft,x"),
        Call("ar", 0, 0, "period", "2026-13"),
        Call("ar", 5, 5, "done"),
        Call("ap", 1, 1, "pick"),
        Call("ap", 1, 1, "go"),
        Call("ap", 1, 1, "other"),
    ):
        await hung.tap_data(str(call))
        assert hung.toast, call
    assert (await the_article(office)).version == 1


async def test_thrown_away(office, phones, hung):
    """Asked twice; its exemplar may stand in another."""
    await agreed(office)
    await a_draft(hung, "lan2")
    await hung.tap("Bỏ bài")
    await hung.tap("Quay lại")
    await hung.tap("Bỏ bài")
    await hung.tap("Xác nhận bỏ bài")
    assert "Đã bỏ bài" in hung.last.text
    assert (await the_article(office)).state is ArticleState.WITHDRAWN
    await a_draft(hung, "lan2")
    assert "Bài số 2" in hung.last.text
