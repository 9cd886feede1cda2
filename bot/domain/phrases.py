"""The words by which a nomination in free Vietnamese (or English) is recognised."""

from collections.abc import Sequence

from bot.domain.names import POSTS, Word, tonal, words


class Phrases:
    """Phrases found at a place among words; the longest wins. They are given apart by "|"."""

    def __init__(self, phrases: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted((tuple(phrase.split()) for phrase in phrases.split("|")), key=len, reverse=True):
            self._by_first.setdefault(words(phrase[0])[0].folded, []).append(phrase)

    def at(self, found: Sequence[Word], at: int, *, strictly: bool = False) -> int:
        """How many words a phrase has here, 0 for none. strictly: a word without its accents is another."""
        if at >= len(found):
            return 0
        for phrase in self._by_first.get(found[at].folded, ()):
            here = found[at : at + len(phrase)]
            if len(here) == len(phrase) and all(
                tonal(word.raw) == tonal(spelled) if strictly else word.means(spelled)
                for word, spelled in zip(here, phrase, strict=True)
            ):
                return len(phrase)
        return 0


# Verbs that nominate and do nothing else, with their common misspellings.
STRONG = Phrases("đề cử|đề cữ|để cử|tiến cử|decu|đề nghị đề cử|nominate|nominating|nomination")
# Verbs that nominate when a person, a group or a way of working follows.
WEAK = Phrases(
    "giới thiệu|biểu dương|tuyên dương|vinh danh|tôn vinh|nêu gương|khen|khen thưởng|khen ngợi|đề xuất|"
    "bình chọn|recommend|commend|đề nghị biểu dương|đề nghị khen|đề nghị khen thưởng|"
    "đề nghị tuyên dương|đề xuất biểu dương|đề xuất khen thưởng|đề nghị vinh danh|giới thiệu gương|"
    "đề xuất khen|đề nghị nêu gương|xin khen"
)
# Before such a verb: the nominee was named already.
DESERVES = Phrases(
    "xứng đáng|đáng được|rất đáng|đáng|nên được|cần được|rất xứng đáng|rất đáng được|thật xứng đáng|"
    "hoàn toàn xứng đáng|thật sự xứng đáng|xứng đáng được|deserves|should be|rất xứng đáng được|"
    "hoàn toàn xứng đáng được|thật xứng đáng được|deserves to be"
)
# Before such a verb: no nomination is made (không đề cử, danh sách đề cử).
NOT_BEFORE = Phrases(
    "không|ơn đã|vì đã|đừng|chưa|chẳng|hủy|rút|sửa|xem|ơn|cách|được|bị|các|những|mấy|việc|ai|"
    "phiếu|dẫn|hạn|khi|lần|"
    "bài|buổi|sách|nội dung|to|how|mục|về|bản|đơn|the|my|not|never|don't|lịch|nút|kết quả|số"
)
# Makes a nomination of what NOT_BEFORE would deny (xin được đề cử).
ALLOWS = Phrases("xin|muốn|mong|phép|hạnh|vui|mừng|người|like|want|wish")
# After such a verb: a nomination is talked about (đề cử của tôi).
NOT_AFTER = Phrases(
    "của tôi|của em|của mình|này|kia|nào|rồi|ai|gì|sao|thế nào|như|là gì|chưa|được|trước|hôm|số|xong|"
    "bị|về|cách|giúp tôi|form|tháng này|tháng trước|ở đâu|thì|có|status|làm sao"
)
# A question, with or without its mark.
QUESTIONS = Phrases(
    "như thế nào|thế nào|làm sao|làm thế nào|là ai|là gì|ở đâu|khi nào|bao giờ|bao nhiêu|được không|"
    "được ko|phải không|hay không|hay chưa|vì sao|tại sao|ra sao|how|what|when|why|who can|được chưa|"
    "có ai"
)
# What people say before they come to it.
POLITE = Phrases(
    "tôi|em|mình|cháu|con|chúng tôi|chúng em|chúng ta|xin|phép|được|muốn|mong|trân trọng|kính|kính gửi|"
    "mạnh dạn|dạ|thưa|chào|xin chào|bot|ad|cho|thay mặt|hôm nay|nhân dịp|theo|theo tôi|cá nhân tôi|"
    "cũng|thấy|nghĩ|rằng|là|i|i'd|we|would|like|to|want|please|hi|hello|hãy|tháng này|kỳ này|rất|"
    "tôi thấy|em thấy|mình thấy|tôi nghĩ|theo em|theo mình|ạ|vâng|ok|đồng chí|think|d|nay|quý này|"
    "anh chị|các anh chị|cả nhà|mọi người|ơi|xin phép"
)
# Between the verb and the nominee.
FILLERS = Phrases(
    "1|cho|là|gồm|gương|gương điển hình|gương người tốt việc tốt|người tốt việc tốt|tên|"
    "điển hình tiên tiến|điển hình|nhân tố mới|cá nhân|người|họ và tên|họ tên|trường hợp|gương sáng|"
    "một gương|người được đề cử|nominee|of|for|việc tốt|gương tốt|sau|một người|với|nhân vật|"
    "người lao động|chân dung"
)
# A way of working follows.
MODELS = Phrases(
    "mô hình mới|mô hình|cách làm hay|cách làm mới|cách làm|sáng kiến|giải pháp|the model|phương pháp|"
    "way of working|model|practice|good practice|initiative|mô hình hay|một mô hình|một cách làm hay|"
    "một cách làm|một sáng kiến"
)
# A group follows; itself no part of its name.
WHOLE_GROUP = Phrases("tập thể|một tập thể|toàn thể|toàn bộ|cả|the whole|the")
# The first word of a group's own name.
GROUPS = Phrases(
    "nhóm|tổ|đội|các|anh em|chị em|anh chị em|anh chị|chi đoàn|chi bộ|công đoàn|đoàn thanh niên|"
    "bộ phận|ê kíp|kíp trực|ban|phòng|trung tâm|cổng|văn phòng|team|group|hội|câu lạc bộ|những người|"
    "tất cả|the team"
)
# Between a person and the unit.
CONNECTORS = Phrases(
    "của|thuộc|ở|bên|tại|trong|công tác tại|đang công tác tại|làm ở|làm việc tại|đơn vị|from|of|in|at|"
    "the|hiện công tác tại|là|đơn vị công tác|dưới"
)
# Before the name of a unit.
MARKERS = Phrases("phòng|ban|trung tâm|cổng|văn phòng|p|tt|vp|tổ|bộ phận|department|office")
# The part of a unit's name that people leave out.
GENERIC = Phrases("phòng|ban|trung tâm|văn phòng")
# After these even an unknown name is taken for a unit, where accents are written.
UNKNOWN_UNITS = Phrases("phòng|ban|trung tâm|đơn vị|bên|thuộc|tổ|bộ phận|văn phòng|sở|ở|cổng|của|tại")
# The same where no accents are written.
BARE_UNKNOWN_UNITS = Phrases("phòng|ban|trung tâm|đơn vị|bên|thuộc|bộ phận|văn phòng")
# How the story begins when no reason word leads to it.
DEEDS = Phrases(
    "đã|luôn|rất|giúp|hướng dẫn|hỗ trợ|tận tình|tận tụy|tận tâm|nhiệt tình|vừa|chủ động|thường xuyên|"
    "không ngại|không quản|không nề|hoàn thành|tham mưu|tham gia|có thành tích|có nhiều|có sáng kiến|"
    "có công|làm việc|làm tốt|người|liên tục|luôn luôn|ủng hộ|hiến máu|cứu người|trả lại|tích cực|"
    "chịu khó|siêng năng|gương mẫu|has|have|is|was|who|helped|always|she|he|dũng cảm|"
    "phục vụ|xử lý|sẵn sàng|suốt|hết lòng|hết mình|là người|là tấm gương"
)
# Stands for somebody named before.
PRONOUNS = Phrases("chị|anh|em|cô|chú|bác|ông|bà|đồng chí|ấy|này|nhé|ạ|đó|her|him|vào|gương|tháng|kỳ")
# What is said after a name out of courtesy.
PARTICLES = Phrases("ạ|nhé|nha|nhá|nè|nghen|hen|đó ạ")
# What somebody is nominated for, between the unit and the reason.
AWARDS = Phrases(
    "cho danh hiệu|danh hiệu|trong phong trào|cho phong trào|phong trào|là gương|làm gương|trong tháng|"
    "trong kỳ|tháng này|kỳ này|gương người tốt|là người tốt|là điển hình"
)
# Family names, to know a second person after a comma.
FAMILIES = Phrases(
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đào|Trương|Mai|Lâm|"
    "Trịnh|Tô|Đoàn|Cao|Châu|Tạ|Lương"
)

# Words that lead to the story, and how many of their words are dropped there.
REASONS = {
    "bởi vì": 2, "tại vì": 2, "vì lý do": 3, "vì lí do": 3, "với lý do": 3, "lý do": 2, "lí do": 2,
    "lý do đề cử": 4, "về việc": 2, "về thành tích": 1, "với thành tích": 1, "vì thành tích": 1, "vì có": 1,
    "because of": 2, "because": 1, "since": 1, "nội dung": 2, "việc làm": 2, "thành tích": 2, "reason": 1,
    "được đề cử vì": 4, "trong việc": 2,
}  # fmt: skip
REASON = Phrases("|".join(REASONS))
# Reasons only as labels, before a colon.
LABELS = frozenset(("noi dung", "viec lam", "thanh tich"))
POST = Phrases("|".join(" ".join(post) for post in POSTS))
# Posts of which "Trưởng phòng Nội chính" shares the last word with the unit.
RANKS = frozenset(("pho", "truong", "giam", "chanh", "chuyen"))
MIDDLES = frozenset(("thi", "van"))
JOINS = frozenset(("va", "cung", "voi", "thi", "van", "and"))
