"""Articles follow every consent that is taken back, wherever they are: nothing stays that may not."""

from bot.domain.articles import ArticleState
from bot.domain.exemplars import Consent
from bot.messages import Call
from bot.operations.answer_consent import answer_consent
from bot.operations.erase_person import erase_person
from handlers.workshop import Workshop
from storage import people
from tests.articles import URL, a_draft, a_published, an_approved, takes_back, the_article
from tests.exemplars import agreed, honoured
from tests.honouring import open_card
from tests.posting import documents, pass_time, said


async def test_taken_back_while_it_is_written(office, phones, hung):
    """A draft loses whom it told of; the clerk hears it; with nobody left it is withdrawn."""
    mine = await agreed(office)
    other = await agreed(office, "duc", nominator="minh")
    await a_draft(hung, "lan2", "duc")
    await takes_back(phones["lan2"], mine)
    kept = await the_article(office)
    assert [one.exemplar_id for one in kept.told] == [other.id]
    assert "Bài số 1 không còn gương Nguyễn Thị Lan" in "\n".join(said(hung))
    await takes_back(phones["duc"], other)
    assert (await the_article(office)).state is ArticleState.WITHDRAWN
    assert "Bài số 1 đã bỏ" in "\n".join(said(hung))


async def test_taken_back_after_approval(office, phones, hung):
    """What was approved is a draft again without them; the button that published it is stale."""
    mine = await agreed(office)
    await agreed(office, "duc", nominator="minh")
    await an_approved(hung, "lan2", "duc")
    before = await the_article(office)
    await takes_back(phones["lan2"], mine)
    kept = await the_article(office)
    assert (kept.state, kept.approved_by, len(kept.told)) == (ArticleState.DRAFT, None, 1)
    await hung.send(f"/dadang 1 {URL}")
    assert "chưa được duyệt" in hung.last.text
    await hung.tap_data(str(Call("ap", 1, before.version, "pick")))
    assert "chưa được duyệt" in (hung.toast or "")


async def test_taken_back_on_the_portal(office, phones, hung):
    """The clerk hears at once what has to go and where it stands, again after days, until it is off."""
    mine = await honoured(office)
    await a_published(hung, "lan2")
    await takes_back(phones["lan2"], mine)
    told = [text for text in said(hung) if "Phải gỡ bài số 1" in text]
    assert len(told) == 1
    assert URL in told[0]
    assert "Nguyễn Thị Lan: đã rút hoặc không đồng ý công bố" in told[0]
    await hung.send("/baiviet")
    assert any(label.startswith("! 1.") for label in hung.last.labels)
    await hung.send("/banlam")
    assert "Bài phải gỡ khỏi Cổng: 1" in hung.last.labels
    await hung.tap("Bài phải gỡ khỏi Cổng: 1")
    assert any(label.startswith("! 1.") for label in hung.last.labels)
    await pass_time(office, days=4)
    assert len([text for text in said(hung) if "Phải gỡ bài số 1" in text]) == 2
    await hung.tap("Đã gỡ khỏi Cổng")
    kept = await the_article(office)
    assert (kept.state, kept.url) == (ArticleState.WITHDRAWN, "")
    await hung.send("/banlam")
    assert "Bài phải gỡ khỏi Cổng: 1" not in hung.last.labels
    await pass_time(office, days=10)
    assert len([text for text in said(hung) if "Phải gỡ bài số 1" in text]) == 2


async def test_agreed_to_again_it_may_stay(office, phones, hung):
    """Who takes the refusal back at once is not chased: the article stands as it did."""
    mine = await agreed(office)
    await a_published(hung, "lan2")
    await takes_back(phones["lan2"], mine)
    await phones["lan2"].tap_data(str(Call("co", mine.id, mine.text_version, "yes")))
    await pass_time(office, days=4)
    assert len([text for text in said(hung) if "Phải gỡ bài số 1" in text]) == 1


async def test_other_words_are_not_what_was_agreed_to(office, phones, hung):
    """The clerk changes the words: the article about the words before loses them."""
    mine = await agreed(office)
    await a_draft(hung, "lan2")
    await open_card(hung, mine)
    await hung.tap("Sửa lời")
    await hung.send("Ba tháng liền hướng dẫn người dân nộp hồ sơ, giảm hai phần ba thời gian chờ.")
    assert (await the_article(office)).state is ArticleState.WITHDRAWN


async def test_taken_down_by_the_office(office, phones, hung):
    """An honour that the office takes down has to go from the portal too."""
    mine = await honoured(office)
    await a_published(hung, "lan2")
    await hung.tap_data(str(Call("ho", mine.id, mine.text_version, "downsure")))
    told = [text for text in said(hung) if "Phải gỡ bài số 1" in text]
    assert len(told) == 1
    assert "đã được Văn phòng rút biểu dương" in told[0]


async def test_somebody_erased(office, phones, hung):
    """A draft is without them at once; on the portal the address stays until the clerk has acted, no name."""
    await honoured(office)
    await a_published(hung, "lan2")
    await a_draft(hung, "lan2")
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, "lan2")
        assert person is not None
        await erase_person(session, person, office.clock().date(), office.clock())
    await office.settle()
    assert (await the_article(office, 2)).state is ArticleState.WITHDRAWN
    told = next(text for text in said(hung) if "Phải gỡ bài số 1" in text)
    assert URL in told
    assert "(đã xóa theo yêu cầu): đã yêu cầu xóa dữ liệu cá nhân" in told
    assert "Lan" not in told
    await hung.tap("Đã gỡ khỏi Cổng")
    assert (await the_article(office)).url == ""
    await hung.send("/baiviet")
    await hung.tap("✓ Đã bỏ, đã gỡ · 2")
    assert "Lan" not in hung.screen


async def test_taken_back_while_the_pictures_come(office, phones, hung, monkeypatch):
    """Who declines between the tap and the file is in no file: the clerk reads why instead."""
    mine = await agreed(office)
    await a_draft(hung, "lan2")
    fetch = Workshop.fetch

    async def slow(shop: Workshop, file_id: str) -> bytes:
        async with office.database.transaction() as session:
            asked = await people.find_by_code(session, "lan2")
            assert asked is not None
            await answer_consent(session, mine, Consent.DECLINED, asked.id, office.clock())
        return await fetch(shop, file_id)

    monkeypatch.setattr(Workshop, "fetch", slow)
    await hung.tap("Tải gói bài viết")
    assert documents(office, hung) == []
    assert any("Bài viết đã thay đổi" in text for text in said(hung))


async def test_what_became_of_it_is_in_its_life(office, phones, hung):
    """Everybody reads when it was on the portal, with the way to it; not once it has to go."""
    mine = await honoured(office)
    await a_published(hung, "lan2")
    duc = phones["duc"]
    await duc.send("/guong")
    await duc.tap_data(str(Call("g", mine.id, 0, "life", "0")))
    assert "18/11/2026" in duc.last.text
    assert "bài trên Cổng Thông tin điện tử" in duc.last.text
    assert URL.replace("&", "&amp;") in duc.last.html
    other = await agreed(office, "duc", nominator="minh")
    await takes_back(phones["lan2"], mine)
    await duc.tap_data(str(Call("g", other.id, 0, "life", "0")))
    assert "Cổng" not in duc.last.text


async def test_an_address_typed_about_somebody_erased_is_forgotten(office, phones, hung):
    """What was being typed about their article, for one or for several that wait, is gone with them."""
    for code in ("lan2", "duc"):
        await agreed(office, code, nominator="minh")
        await an_approved(hung, code)
    for typed in (f"/dadang {URL}", "/dadang 1"):
        await hung.send(typed)
        async with office.database.reading() as session:
            assert await session.fetch("select id from drafts where flow = 'ap'"), typed
    await hung.send(URL)
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, "lan2")
        assert person is not None
        await erase_person(session, person, office.clock().date(), office.clock())
        assert not await session.fetch("select id from drafts where flow = 'ap'")
    await hung.send(URL)
    assert (await the_article(office)).url == ""
