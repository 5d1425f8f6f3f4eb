"""What must never leave the house is seen in every disguise, and honest sentences are left alone."""

import unicodedata

import pytest

from app.desk.findings import hard
from app.desk.preflight import check_words

ZERO, JOINER, SOFT = "\u200b", "\u2060", "\u00ad"

SECRET = [
    "TUYỆT MẬT",
    "TỐI MẬT",
    "MẬT",
    "Tuyệt mật",
    "tối mật",
    "tuyệt  mật",
    "Tuyệt-mật",
    "TỐI\u00a0MẬT",
    "TỐI.MẬT",
    "TỐI_MẬT",
    "tuyệt\nmật",
    "TuYệT mẬt",
    "T U Y Ệ T M Ậ T",
    "T Ố I   M Ậ T",
    "T.Ố.I.M.Ậ.T",
    "M Ậ T",
    "M.Ậ.T",
    "M-Ậ-T",
    f"T{ZERO}ỐI M{ZERO}ẬT",
    f"tuyệt{ZERO}mật",
    f"TUYỆT{JOINER} MẬT",
    f"tối m{SOFT}ật",
    "TỐI M\ufeffẬT",
    "tối m\u200dật",
    "T\u034fỐI MẬT",
    "TỐI MẬ\ufe0fT",
    "tối\u3164 mật",
    unicodedata.normalize("NFD", "tuyệt mật"),
    unicodedata.normalize("NFD", "TỐI MẬT"),
    "ТUYỆТ МẬТ",  # Cyrillic Т and М
    "ΤUYỆΤ ΜẬΤ",  # Greek Τ and Μ
    "TỐІ MẬT",  # Cyrillic І
    unicodedata.normalize("NFC", "ТО\u0302\u0301I МА\u0323\u0302Т"),  # Cyrillic О and А with marks
    "ＴＵＹỆＴ ＭẬＴ",  # wide letters
    "𝐓𝐔𝐘Ệ𝐓 𝐌Ậ𝐓",  # bold letters of mathematics
    "TUYET MAT",
    "tuyet mat",
    "TOI MAT",
    "toi mat",
    "TUYET-MAT",
    "T O I M A T",
    "Công văn này đóng dấu TỐI MẬT, không sao chụp.",
    "Kế hoạch (MẬT) về tuần tra biên giới",
    "Văn bản có dấu MẬT của huyện",
    "Độ mật: Mật",
    "Độ mật: C",
    "độ mật là tối mật",
    "tài liệu mật của tỉnh",
    "văn bản mật",
    "hồ sơ mật",
    "TÀI LIỆU MẬT",
    "tai lieu mat",
    "van ban mat",
    "Lưu hành nội bộ",
    "LƯU HÀNH NỘI BỘ",
    "Tài liệu lưu  hành nội bộ",
    "luu hanh noi bo",
    "(không phổ biến)",
    "KHÔNG PHỔ BIẾN",
    "MẬT\nKế hoạch số 12",
    "Mật\nBáo cáo về tình hình",
]
SECRET_DOCUMENTS = [
    "Báo cáo số 15/BC-UBND (Mật) ngày 2/11",
    "số 12/TM-BCA",
    "số 7/TuM-BQP",
    "24/KH-TM-CAT".replace("KH-TM-CAT", "KH-UBND (TM)"),
    "09/M-UBND",
    "3/KH-CAT (Tối mật)",
]
PHONES = [
    "0912345678",
    "0912 345 678",
    "0912.345.678",
    "0912-345-678",
    "091 234 5678",
    "0912 – 345 – 678",
    "0 9 1 2 3 4 5 6 7 8",
    "(0912) 345678",
    "(0912) 345.678",
    "+84912345678",
    "+84 912 345 678",
    "(+84) 912 345 678",
    "0084 912 345 678",
    "84912345678",
    "0271 3 887 123",
    "02713887123",
    "(0271) 3.887.123",
    f"0912{ZERO}345{ZERO}678",
    "０９１２３４５６７８",
    "0912\u00a0345\u00a0678",
    "gọi 0912345678.",
    "gọi 0912345678, gặp bà Xia",
    "Điện thoại:0912345678",
    "zalo.me/0912345678",
    "https://zalo.me/0912345678",
    "ngày 02/11/2026 gọi 0356789012",
]
ID_NUMBERS = [
    "070201001234",
    "070 201 001 234",
    "070.201.001.234",
    "CCCD 070201001234.",
    "285123456",
    "CMND: 285 123 456",
    "CMND 285123456.",
    "chứng minh nhân dân số 285.123.456",
    "căn cước công dân số 070201001234, cấp năm 2021",
    "số tài khoản 6500205123456",
    "STK: 6500 2051 23456",
    "hộ chiếu C1234567",
    f"0702{ZERO}01001234",
    "０７０２０１００１２３４",
    "thẻ BHYT 4207020100",
]
INNOCENT = [
    "mật ong",
    "Mật ong rừng Bù Gia Mập",
    "MẬT ONG RỪNG ĐƯỢC GIÁ",
    "GIÁ MẬT ONG TĂNG",
    "mật độ",
    "Mật độ dân số 132 người/km²",
    "MẬT ĐỘ DÂN SỐ THẤP",
    "mật độ mật ong",
    "nồng độ mật hoa cao",
    "bí mật của rừng",
    "Bí mật của rừng",
    "BÍ MẬT CỦA RỪNG",
    "Luật Bảo vệ bí mật nhà nước",
    "giữ bí mật",
    "mật mía",
    "nuôi ong lấy mật",
    "NUÔI ONG LẤY MẬT",
    "Ong làm mật.",
    "tuần trăng mật",
    "sỏi mật, túi mật",
    "mật gấu",
    "mật khẩu của máy",
    "mật mã",
    "mật vụ, mật thám thời Pháp",
    "thân mật, chân tình",
    "mật thiết với đồng bào",
    "buổi tối mật độ xe đông",
    "buổi tối mật ong được rót ra",
    "tôi mất cái gùi",
    "Tôi mất ba ngày đi bộ",
    "tối mặt tối mày",
    "tuyệt mắt",
    "tài liệu mật mã học",
    "Nghề dệt này không phổ biến ở vùng khác",
    "giống lúa không phổ biến",
    "phổ biến pháp luật cho bà con",
    "nội bộ đoàn kết",
    "lưu hành rộng rãi",
    "MAT là tên một tổ hợp tác trong vùng",
    "mat trong tiếng bản địa",
    "1.200.000 đồng",
    "123.456.789.000 đồng",
    "123.456.789 đồng",
    "84.912.345.678 đồng",
    "123456789 đồng",
    "tổng vốn 285 123 456 đồng",
    "1 000 000 000 đồng",
    "10.000.000.000 đồng",
    "12,5 triệu đồng",
    "0,05 ha",
    "0.5%",
    "ngày 02/11/2026",
    "02.11.2026",
    "02-11-2026",
    "02/11/2026 09:30",
    "từ 01/11/2026 đến 30/11/2026",
    "02.11.2026 - 07.12.2026",
    "01-10/11/2026",
    "07h30 ngày 02/11",
    "2021 - 2025, 2026 - 2030",
    "giai đoạn 2021-2030",
    "2026 2027 2028",
    "115",
    "Gọi 113, 114, 115",
    "tổng đài 111",
    "1022",
    "1900 1234",
    "1800 599 920",
    "số 18/2018/QĐ-TTg",
    "Quyết định số 1719/QĐ-TTg ngày 14/10/2021",
    "Nghị quyết 88/2019/QH14",
    "Thông tư 02/2022/TT-UBDT",
    "số 05/GP-XBBT",
    "12/KH-UBND",
    "Nghị định 05/2011/NĐ-CP",
    "QL14, Km 912+345",
    "11,751389; 106,723611",
    "100 200 300 400",
    "30 hộ, 120 người, 45 ha",
    "tỷ lệ 98,7%",
    "năm 1975",
    "H’Hen Niê",
    "sóc Bom Bo",
    "S’tiêng, M’nông, Khmer",
    "https://baosaomai.example/tin-post983682.html",
    "https://baosaomai.example/dien-luoi-100260822202835894.htm",
    "https://baosaomai.example/tin-285123456.html",
    "15.000 lượt người",
    "1.500.000 con",
    "bão số 10, 11 và 12",
    "đội 1, đội 2, đội 3",
    "0 giờ ngày 01 tháng 01",
    "đồng bào dân tộc thiểu số",
    "người dân tộc thiểu số",
    "bà con người S’tiêng",
    "ISBN 978-604-57-1234-5",
]


def kinds(text: str, **given: tuple[str, ...]) -> set[str]:
    return {finding.kind for finding in hard(check_words(text, **given))}


@pytest.mark.parametrize("text", SECRET, ids=ascii)
def test_a_mark_of_secrecy_is_seen_in_every_disguise(text: str) -> None:
    assert "secrecy" in kinds(text)
    assert "secrecy" in kinds(f"Trích báo cáo của xã.\n{text}\nGửi các thôn.")


@pytest.mark.parametrize("text", SECRET_DOCUMENTS, ids=ascii)
def test_the_number_of_a_secret_document_is_seen(text: str) -> None:
    assert "document_secrecy" in kinds(text)


@pytest.mark.parametrize("text", PHONES, ids=ascii)
def test_a_telephone_number_is_seen(text: str) -> None:
    assert "phone" in kinds(text)
    assert "phone" in kinds(f"Ai cần thì {text}")


@pytest.mark.parametrize("text", ID_NUMBERS, ids=ascii)
def test_an_identity_number_is_seen(text: str) -> None:
    assert "id_number" in kinds(text)


@pytest.mark.parametrize("text", INNOCENT, ids=ascii)
def test_an_honest_sentence_is_left_alone(text: str) -> None:
    assert not kinds(text)
    assert not kinds(f"Bà con kể: {text}, rồi thôi")


def test_the_tables_are_as_long_as_promised() -> None:
    assert len({*SECRET, *SECRET_DOCUMENTS, *PHONES, *ID_NUMBERS}) >= 60
    assert len(set(INNOCENT)) >= 80


@pytest.mark.parametrize("public", ["0271 3 887 123", "+84 271 3887123", "02713887123"])
def test_a_public_number_may_be_printed_however_it_is_spelled(public: str) -> None:
    assert not kinds("Gọi (0271) 3.887.123", public_phones=(public,))
    assert not kinds("Gọi +84 271 3 887 123", public_phones=(public,))
    assert kinds("Gọi 0912 345 678", public_phones=(public,)) == {"phone"}


def test_letters_typed_in_parts_are_told() -> None:
    assert "not_nfc" in kinds(unicodedata.normalize("NFD", "đồng bào"))


def test_the_word_we_do_not_use_is_told() -> None:
    assert kinds("Người dân tộc ở đây") == {"word"}
