"""Sentences: a nomination in one message, as people really type."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sentence import Sentence, UnitName, read_sentence

HCTC, NC, TH, BTCD, CONG, TTHCC, KT = range(1, 8)
UNITS = [
    UnitName(HCTC, ("Phòng Hành chính - Tổ chức", "HCTC", "P.HCTC")),
    UnitName(NC, ("Phòng Nội chính", "NC")),
    UnitName(TH, ("Phòng Tổng hợp", "TH")),
    UnitName(BTCD, ("Ban Tiếp công dân", "BTCD")),
    UnitName(CONG, ("Cổng Thông tin điện tử", "Cổng TTĐT")),
    UnitName(TTHCC, ("Trung tâm Phục vụ hành chính công", "TTPVHCC", "Một cửa")),
    UnitName(KT, ("Phòng Kinh tế", "KT")),
]

# What was typed → nominee, unit, unit as typed, story.
PEOPLE = [
    (
        "Đề cử chị Lan, phòng HCTC, vì đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến…",
        ("chị Lan", HCTC, "phòng HCTC", "đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến…"),
    ),
    (
        "tôi xin đề cử đ/c Nguyễn Văn Hùng (Phòng Nội chính) - đã trực suốt ba đêm bão",
        ("đ/c Nguyễn Văn Hùng", NC, "Phòng Nội chính", "đã trực suốt ba đêm bão"),
    ),
    (
        "giới thiệu anh Tuấn bên ban tiếp công dân: kiên nhẫn nghe từng lượt khiếu nại",
        ("anh Tuấn", BTCD, "ban tiếp công dân", "kiên nhẫn nghe từng lượt khiếu nại"),
    ),
    (
        "de cu chi lan hctc vi da ho tro ba con",
        ("chi lan", HCTC, "hctc", "da ho tro ba con"),
    ),
    (
        "Chị Lan phòng HCTC xứng đáng được biểu dương vì luôn đến sớm mở cửa",
        ("Chị Lan", HCTC, "phòng HCTC", "luôn đến sớm mở cửa"),
    ),
    (
        "Chị Lan phòng HCTC rất xứng đáng được biểu dương: ngày nào cũng đến sớm",
        ("Chị Lan", HCTC, "phòng HCTC", "ngày nào cũng đến sớm"),
    ),
    (
        "Nominate Ms Lan, HCTC, because she helped forty people file online",
        ("Ms Lan", HCTC, "HCTC", "she helped forty people file online"),
    ),
    (
        "I would like to nominate Mr. Hùng from phòng Nội chính for helping everyone",
        ("Mr. Hùng", NC, "phòng Nội chính", "for helping everyone"),
    ),
    (
        "I'd like to nominate Ms Lan for helping everyone during the storm",
        ("Ms Lan", None, None, "helping everyone during the storm"),
    ),
    ("Đề cử chị Vi vì đã giúp bà con", ("chị Vi", None, None, "đã giúp bà con")),
    ("ĐỀ CỬ CHỊ VI VÌ ĐÃ GIÚP BÀ CON", ("CHỊ VI", None, None, "ĐÃ GIÚP BÀ CON")),
    ("de cu chi vi vi da giup ba con", ("chi vi", None, None, "da giup ba con")),
    (
        "de cu chi nguyen thi vi phong hctc vi da giup ba con",
        ("chi nguyen thi vi", HCTC, "phong hctc", "da giup ba con"),
    ),
    ("de cu chi nguyen thi vi vi giup ba con", ("chi nguyen thi vi", None, None, "giup ba con")),
    (
        "Đề cử anh Đỗ Văn Do, phòng Tổng hợp, do thức đêm làm báo cáo",
        ("anh Đỗ Văn Do", TH, "phòng Tổng hợp", "thức đêm làm báo cáo"),
    ),
    ("de cu do van do da giup dan", ("do van do", None, None, "da giup dan")),
    ("de cu anh do van hung do da giup dan", ("anh do van hung", None, None, "da giup dan")),
    (
        "Đề cử anh Phong phòng Nội chính vì luôn đúng giờ",
        ("anh Phong", NC, "phòng Nội chính", "luôn đúng giờ"),
    ),
    ("de cu anh phong phong noi chinh vi dung gio", ("anh phong", NC, "phong noi chinh", "dung gio")),
    ("de cu anh nguyen thanh phong vi da giup dan", ("anh nguyen thanh phong", None, None, "da giup dan")),
    (
        "Đề cử anh Nguyễn Trung Tâm, Một cửa, vì tận tụy",
        ("anh Nguyễn Trung Tâm", TTHCC, "Một cửa", "tận tụy"),
    ),
    ("Đề cử anh Nguyễn Chí Công vì liêm khiết", ("anh Nguyễn Chí Công", None, None, "liêm khiết")),
    (
        "Đề cử chị Lan\nChị đã giúp tôi.\n\nRất nhiệt tình!",
        ("chị Lan", None, None, "Chị đã giúp tôi.\n\nRất nhiệt tình!"),
    ),
    (
        "Đề cử: Nguyễn Văn Hùng\nĐơn vị: Phòng Nội chính\nLý do: luôn giúp đồng nghiệp",
        ("Nguyễn Văn Hùng", NC, "Phòng Nội chính", "luôn giúp đồng nghiệp"),
    ),
    (
        "Người được đề cử: Trần Thị Mai\nĐơn vị công tác: TTPVHCC\nThành tích: 300 hồ sơ",
        ("Trần Thị Mai", TTHCC, "TTPVHCC", "300 hồ sơ"),
    ),
    (
        "Đề cử\nNguyễn Thị Lan\nHCTC\n3 tháng liền hướng dẫn dân",
        ("Nguyễn Thị Lan", HCTC, "HCTC", "3 tháng liền hướng dẫn dân"),
    ),
    ("Đề cử chị Lan HCTC đã ba tháng hướng dẫn", ("chị Lan", HCTC, "HCTC", "đã ba tháng hướng dẫn")),
    ("Đề cử chị Lan siêng năng làm việc", ("chị Lan", None, None, "siêng năng làm việc")),
    ("đề cử chị lan giúp đỡ bà con làm hộ khẩu", ("chị lan", None, None, "giúp đỡ bà con làm hộ khẩu")),
    (
        "đề cử chị lan phòng hctc. ba tháng nay chị đi sớm",
        ("chị lan", HCTC, "phòng hctc", "ba tháng nay chị đi sớm"),
    ),
    ("Đề cử chị Lan, hướng dẫn người dân tận nơi", ("chị Lan", None, None, "hướng dẫn người dân tận nơi")),
    (
        "Đề cử chị Lan, chuyên viên phòng HCTC, vì tận tâm",
        ("chị Lan", HCTC, "phòng HCTC", "tận tâm"),
    ),
    (
        "Đề cử anh Tuấn - Phó Trưởng phòng Nội chính - đã đề xuất cách xếp lịch mới",
        ("anh Tuấn", NC, "phòng Nội chính", "đã đề xuất cách xếp lịch mới"),
    ),
    ("Đề cử anh Tuấn lái xe phòng HCTC vì cẩn thận", ("anh Tuấn", HCTC, "phòng HCTC", "cẩn thận")),
    ("Đề cử anh Nguyễn Văn Thư vì cẩn thận", ("anh Nguyễn Văn Thư", None, None, "cẩn thận")),
    ("Đề cử chị Hoa phòng Kế toán vì cẩn thận", ("chị Hoa", None, "phòng Kế toán", "cẩn thận")),
    ("Đề cử anh Hùng, Sở Tài chính, vì phối hợp tốt", ("anh Hùng", None, "Sở Tài chính", "phối hợp tốt")),
    (
        "Đề cử anh Bình phòng Hành chính vì đã sửa máy chiếu",
        ("anh Bình", HCTC, "phòng Hành chính", "đã sửa máy chiếu"),
    ),
    (
        "Đề cử chị Lan vì đã sang phòng Nội chính giúp nhập liệu",
        ("chị Lan", None, None, "đã sang phòng Nội chính giúp nhập liệu"),
    ),
    (
        "Đề cử chị Lan, phòng HCTC, vì giúp Ban Tiếp công dân, phòng Tổng hợp",
        ("chị Lan", HCTC, "phòng HCTC", "giúp Ban Tiếp công dân, phòng Tổng hợp"),
    ),
    (
        "Đề cử đồng chí Lê Thị Thu Hà của Cổng Thông tin điện tử vì đăng tin kịp thời",
        ("đồng chí Lê Thị Thu Hà", CONG, "Cổng Thông tin điện tử", "đăng tin kịp thời"),
    ),
    (
        "de cu dc le thi thu ha cong thong tin dien tu vi dang tin kip thoi",
        ("dc le thi thu ha", CONG, "cong thong tin dien tu", "dang tin kip thoi"),
    ),
    ("DE CU CHI LAN PHONG HCTC VI DA HO TRO BA CON", ("CHI LAN", HCTC, "PHONG HCTC", "DA HO TRO BA CON")),
    ("Đề cử Lan Anh vì vui vẻ với mọi người", ("Lan Anh", None, None, "vui vẻ với mọi người")),
    ("Đề cử chị Anh vì vui vẻ với mọi người", ("chị Anh", None, None, "vui vẻ với mọi người")),
    ("đề cữ anh tuấn, nc, vì trung thực", ("anh tuấn", NC, "nc", "trung thực")),
    ("Kính gửi phòng HCTC, tôi xin đề cử anh Nam vì liêm khiết", ("anh Nam", None, None, "liêm khiết")),
    ("Phòng Nội chính giới thiệu đ/c Hùng vì hết lòng", ("đ/c Hùng", None, None, "hết lòng")),
    (
        "Đề nghị biểu dương chị Mai phòng TH vì soạn báo cáo hay",
        ("chị Mai", TH, "phòng TH", "soạn báo cáo hay"),
    ),
    ("khen chị Mai KT vì soạn báo cáo hay", ("chị Mai", KT, "KT", "soạn báo cáo hay")),
    ("em muốn được đề cử cô Sáu tạp vụ vì chăm chỉ", ("cô Sáu", None, None, "chăm chỉ")),
    (
        "Đề cử chị Lan với thành tích giải quyết 300 hồ sơ",
        ("chị Lan", None, None, "thành tích giải quyết 300 hồ sơ"),
    ),
    (
        "Đề cử chị Lan phòng HCTC về việc hướng dẫn tận nhà",
        ("chị Lan", HCTC, "phòng HCTC", "hướng dẫn tận nhà"),
    ),
    (
        "Tôi thấy chị Lan phòng HCTC rất nhiệt tình với dân, xin đề cử chị ấy",
        ("chị Lan", HCTC, "phòng HCTC", "rất nhiệt tình với dân"),
    ),
    (
        "Chị Lan phòng HCTC, vì đã ba tháng hướng dẫn dân",
        ("Chị Lan", HCTC, "phòng HCTC", "đã ba tháng hướng dẫn dân"),
    ),
    ("Đề cử H'Hen Niê vì dịch giúp bà con", ("H'Hen Niê", None, None, "dịch giúp bà con")),
    ("🌟 Đề cử chị Lan 🌟 vì “mình vì mọi người”", ("chị Lan", None, None, "“mình vì mọi người”")),
    ("đề cử ĐC. Lan (HCTC) : tận tâm", ("ĐC. Lan", HCTC, "HCTC", "tận tâm")),
    ("Đề cử chị Lan", ("chị Lan", None, None, None)),
    ("Đề cử chị Lan phòng HCTC", ("chị Lan", HCTC, "phòng HCTC", None)),
    ("Đề cử", ("", None, None, None)),
    ("Tôi muốn đề cử một người", ("", None, None, None)),
    ("Đề cử chị Lan, HCTC, vì:\n- giúp dân\n- trực Tết", ("chị Lan", HCTC, "HCTC", "- giúp dân\n- trực Tết")),
    ("đề cử tôi vì tôi đi làm sớm", ("tôi", None, None, "tôi đi làm sớm")),
    ("Em đề cử chị Hoa ạ, chị ấy nhiệt tình", ("chị Hoa", None, None, "chị ấy nhiệt tình")),
    ("đề cử c Lan hctc nha, c hướng dẫn dân", ("c Lan", HCTC, "hctc", "c hướng dẫn dân")),
    (
        "đề cử anh Hùng trung tâm phục vụ hành chính công tỉnh vì làm nhanh",
        ("anh Hùng", TTHCC, "trung tâm phục vụ hành chính công", "làm nhanh"),
    ),
    ("Đề cử anh Nguyễn Văn Trực vì đúng giờ", ("anh Nguyễn Văn Trực", None, None, "đúng giờ")),
    ("de cu anh nguyen thanh tung vi da giup dan", ("anh nguyen thanh tung", None, None, "da giup dan")),
    (
        "Đề cử chị Lan và anh Hùng phòng HCTC vì trực Tết",
        ("chị Lan và anh Hùng", HCTC, "phòng HCTC", "trực Tết"),
    ),
    ("Đề cử chị Lan, anh Hùng phòng HCTC vì trực Tết", ("chị Lan, anh Hùng", HCTC, "phòng HCTC", "trực Tết")),
    ("Đề cử phòng HCTC, chị Lan, vì mến khách", ("chị Lan", HCTC, "phòng HCTC", "mến khách")),
    ("Đề cử Trưởng phòng Nội chính vì công tâm", ("Trưởng phòng", NC, "phòng Nội chính", "công tâm")),
    ("de cu chi do thi do phong hctc do cham chi", ("chi do thi do", HCTC, "phong hctc", "cham chi")),
    (
        "Đề cử chị Lan phòng HCTC trong phong trào “Vì người nghèo” vì quyên 30 phần quà",
        ("chị Lan", HCTC, "phòng HCTC", "quyên 30 phần quà"),
    ),
    ("Đề cử chị Lan cho danh hiệu người tốt việc tốt vì cứu người", ("chị Lan", None, None, "cứu người")),
    ("Đề cử anh Hòa của tổ 1 cửa vì...", ("anh Hòa", None, "tổ 1 cửa", None)),
    ("Đề cử người đã nhặt được ví trả lại dân", ("", None, None, "đã nhặt được ví trả lại dân")),
    (
        "Đề cử chị Lan vì ai cũng quý? Vâng, ai cũng quý!",
        ("chị Lan", None, None, "ai cũng quý? Vâng, ai cũng quý!"),
    ),
]

GROUPS = [
    ("Tôi muốn đề cử một tập thể", ("", None, None, None)),
    (
        "biểu dương tập thể phòng Tổng hợp vì xong báo cáo sớm hai ngày",
        ("phòng Tổng hợp", TH, "phòng Tổng hợp", "xong báo cáo sớm hai ngày"),
    ),
    (
        "Đề cử phòng Nội chính vì đã giải quyết hết đơn tồn",
        ("phòng Nội chính", NC, "phòng Nội chính", "đã giải quyết hết đơn tồn"),
    ),
    ("de cu phong noi chinh vi da xong som", ("phong noi chinh", NC, "phong noi chinh", "da xong som")),
    ("Đề cử tổ xe phòng HCTC vì an toàn cả năm", ("tổ xe", HCTC, "phòng HCTC", "an toàn cả năm")),
    (
        "Đề cử nhóm hỗ trợ một cửa lưu động vì đi từng ấp",
        ("nhóm hỗ trợ một cửa lưu động", None, None, "đi từng ấp"),
    ),
    ("Đề cử các anh chị phòng Tổng hợp vì trực Tết", ("các anh chị", TH, "phòng Tổng hợp", "trực Tết")),
    ("Tuyên dương chi đoàn Văn phòng: hiến máu 3 đợt", ("chi đoàn Văn phòng", None, None, "hiến máu 3 đợt")),
]

MODELS = [
    (
        "Đề cử mô hình 'Một cửa thân thiện' của Trung tâm Phục vụ hành chính công vì giảm nửa thời gian chờ",
        ("Một cửa thân thiện", TTHCC, "Trung tâm Phục vụ hành chính công", "giảm nửa thời gian chờ"),
    ),
    (
        "cách làm hay: dán mã QR ở bàn tiếp dân vì đã giảm giấy tờ",
        ("dán mã QR ở bàn tiếp dân", None, None, "đã giảm giấy tờ"),
    ),
    ("Cách làm hay: phát số qua điện thoại", ("phát số qua điện thoại", None, None, None)),
    (
        "Giới thiệu mô hình “Ngày thứ Sáu không hẹn” của phòng Nội chính: dân đến là làm",
        ("Ngày thứ Sáu không hẹn", NC, "phòng Nội chính", "dân đến là làm"),
    ),
    (
        "Đề cử sáng kiến số hóa hồ sơ của phòng Tổng hợp vì đỡ kho giấy",
        ("số hóa hồ sơ", TH, "phòng Tổng hợp", "đỡ kho giấy"),
    ),
    ("Đề cử cách làm hay của phòng Tổng hợp: họp 15 phút", ("", TH, "phòng Tổng hợp", "họp 15 phút")),
    (
        "Đề cử mô hình hỗ trợ người dân tại nhà - 40 hộ đã dùng",
        ("hỗ trợ người dân tại nhà", None, None, "40 hộ đã dùng"),
    ),
]

NOT_NOMINATIONS = [
    "Xin chào",
    "cảm ơn",
    "Cảm ơn đã đề cử tôi",
    "Đề cử như thế nào?",
    "Đề cử chị Lan được không?",
    "de cu nhu the nao",
    "Làm sao để đề cử chị Lan",
    "Tôi không đề cử ai",
    "Hủy đề cử",
    "Xem đề cử của tôi",
    "Danh sách đề cử tháng này",
    "Đề cử của tôi đâu rồi",
    "Ai được đề cử tháng này?",
    "Giới thiệu về bot này",
    "Nội dung biểu dương tháng này thế nào",
    "Chị Lan phòng HCTC hôm nay nghỉ",
    "Tôi là Nguyễn Văn Hùng",
    "Đề cử chị Lan vì sao?",
    "How do I nominate?",
    "Mô hình gì vậy?",
    "👍",
    "12345",
]


def _read(text: str) -> Sentence:
    sentence = read_sentence(text, UNITS)
    assert sentence is not None
    return sentence


def _understood(sentence: Sentence) -> tuple[str, int | None, str | None, str | None]:
    return sentence.nominee_text, sentence.unit_id, sentence.unit_text, sentence.story


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        (kind, *row)
        for kind, table in (("person", PEOPLE), ("group", GROUPS), ("model", MODELS))
        for row in table
    ],
)
def test_one_message_is_a_nomination(kind, text, wanted):
    """Who, from where and why are understood, however it is typed."""
    sentence = _read(text)
    assert _understood(sentence) == wanted
    assert sentence.nominee_kind == kind
    assert sentence.is_nomination


@pytest.mark.parametrize("text", [text for table in (PEOPLE, GROUPS, MODELS) for text, _ in table])
def test_decomposed_letters_are_read_alike(text):
    """NFD, as some phones send it, reads as NFC does."""
    assert _read(unicodedata.normalize("NFD", text)) == _read(text)


@pytest.mark.parametrize("text", NOT_NOMINATIONS)
def test_other_messages_nominate_nobody(text):
    """Questions, greetings, thanks, commands and news are no nominations."""
    sentence = read_sentence(text, UNITS)
    assert sentence is None or not sentence.is_nomination


def test_an_answer_without_a_verb():
    """Typed as an answer, "chị Lan phòng HCTC" still tells who and from where."""
    assert _understood(_read("chị Lan phòng HCTC")) == ("chị Lan", HCTC, "phòng HCTC", None)
    assert not _read("chị Lan phòng HCTC").is_nomination


def test_nothing_to_read():
    """A text without a word is no sentence."""
    assert read_sentence(" …?! 👏", UNITS) is None


FRAGMENTS = [
    *(
        "đề cử",
        "de cu",
        "chị",
        "Lan",
        "Nguyễn",
        "vì",
        "vi",
        "do",
        "Do",
        "phòng",
        "phong",
        "HCTC",
        "Nội chính",
        "đã",
    ),
    *(
        "tập thể",
        "mô hình",
        "xứng đáng được biểu dương",
        "của",
        ":",
        ",",
        " - ",
        "\n",
        "“",
        "'",
        "?",
        "(",
        "lý do",
    ),
    *("giới thiệu", "Trung tâm", "đ/c", "anh", "chị ấy", "nominate", ".", "văn thư", "trưởng phòng", "the"),
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)))
def test_anything_can_be_read(text):
    """No text is refused, and what is understood stands in it as it was written."""
    sentence = read_sentence(text, UNITS)
    whole = unicodedata.normalize("NFC", text)
    if sentence:
        assert sentence.nominee_text in whole
        assert (sentence.story or "") in whole
        assert (sentence.unit_text or "") in whole
        assert sentence.story is None or sentence.story.strip() == sentence.story != ""
        assert read_sentence(unicodedata.normalize("NFD", text), UNITS) == sentence


@given(
    st.sampled_from(["Đề cử", "Tôi xin đề cử", "giới thiệu", "Biểu dương", "ĐỀ CỬ"]),
    st.sampled_from(["chị Lan", "anh Đỗ Văn Do", "đ/c Nguyễn Thị Vi", "đồng chí Hồ Phong", "cô Anh"]),
    st.sampled_from(
        [", phòng HCTC,", " (HCTC)", " - Phòng Hành chính - Tổ chức,", " thuộc phòng Hành chính - Tổ chức"]
    ),
    st.sampled_from([" vì ", " bởi vì ", ": ", "\n", " - "]),
    st.text(st.sampled_from("aăâđêôơư bcvìdo,.\nPHÒNG NC"), min_size=1, max_size=200).map(
        lambda s: "đã " + s.strip()
    ),
)
def test_the_story_is_kept_to_the_letter(verb, nominee, unit, link, story):
    """However a sentence is put together, its parts come apart again, and the story is untouched."""
    wanted = story.strip()
    assert _understood(_read(verb + " " + nominee + unit + link + story))[:2] == (nominee, HCTC)
    assert _read(verb + " " + nominee + unit + link + story).story == wanted
