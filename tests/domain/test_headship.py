"""What heads of units are called where a document is signed."""

import pytest

from bot.domain.headship import head_post_of, sign_for
from bot.domain.records import Signature


@pytest.mark.parametrize(
    ("unit", "post"),
    [
        ("Phòng Hành chính - Tổ chức", "Trưởng phòng"),
        ("Ban Tiếp công dân tỉnh", "Trưởng ban"),
        ("Trung tâm Công báo - Tin học", "Giám đốc"),
        ("Bộ phận Tiếp nhận và Trả kết quả", "Trưởng bộ phận"),
        ("Tổ Thư ký", "Tổ trưởng"),
        ("Cổng Thông tin điện tử", "Thủ trưởng đơn vị"),
        ("Bản tin nội bộ", "Thủ trưởng đơn vị"),
    ],
)
def test_a_head_is_called_by_the_kind_of_unit(unit, post):
    """Where the kind does not say it, by a word that fits every unit."""
    assert head_post_of(unit) == post


@pytest.mark.parametrize(
    ("unit", "post", "lines"),
    [
        ("Phòng Tổng hợp", "", ("TRƯỞNG PHÒNG",)),
        ("Phòng Tổng hợp", "Trưởng phòng Tổng hợp", ("TRƯỞNG PHÒNG",)),
        ("Cổng Thông tin điện tử", "Giám đốc", ("GIÁM ĐỐC",)),
        ("Cổng Thông tin điện tử", "Trưởng Ban Biên tập", ("TRƯỞNG BAN BIÊN TẬP",)),
        ("Trung tâm Tin học", "Giám đốc Trung tâm", ("GIÁM ĐỐC",)),
        ("Phòng Tổng hợp", "Phó Trưởng phòng", ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
        ("Phòng Tổng hợp", "Phó trưởng phòng phụ trách", ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
        ("Trung tâm Tin học", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("Cổng Thông tin điện tử", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("Cổng Thông tin điện tử", "", ("THỦ TRƯỞNG ĐƠN VỊ",)),
    ],
)
def test_who_is_in_charge_signs_under_their_own_post(unit, post, lines):
    """By the roster, without the unit's name; a deputy in the head's place."""
    assert sign_for(unit, "Lê Văn An", post) == Signature(lines, "Lê Văn An")
