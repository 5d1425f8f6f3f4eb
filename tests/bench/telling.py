"""Invented Vietnamese news in any number: real words in a natural mixture, common ones often and rare ones seldom."""

from random import Random

_WHO = (
    "Bà con thôn {p}", "Già làng {n}", "Chị em xã {p}", "Thanh niên ấp {p}", "Đồng bào S’tiêng ở {p}",
    "Người M’nông xã {p}", "Hội Nông dân {p}", "Trường nội trú {p}", "Bộ đội Biên phòng đồn {p}", "Tổ hợp tác {p}",
    "Nghệ nhân {n}", "Cô giáo {n}", "Anh {n}", "Bí thư chi bộ {n}", "Đoàn thanh niên {p}", "Trạm y tế xã {p}",
    "Hợp tác xã {p}", "Người có uy tín {n}", "Ban Dân tộc tỉnh {p}", "Hội Phụ nữ {p}", "Câu lạc bộ cồng chiêng {p}",
)  # fmt: skip
_DOES = (
    "góp đá làm đường vào {t}", "trồng {t} thoát nghèo", "giữ nghề dệt {t}", "mở lớp dạy chữ cho {t}",
    "hiến đất xây {t}", "được vay vốn nuôi {t}", "khôi phục lễ hội {t}", "đưa nước sạch về {t}",
    "đội nắng thu hoạch {t}", "trao học bổng cho {t}", "dựng nhà đại đoàn kết ở {t}", "truyền dạy {t} cho lớp trẻ",
    "chống hạn cứu {t}", "xóa nhà tạm tại {t}", "tổng kết chương trình mục tiêu quốc gia về {t}",
    "khám bệnh miễn phí ở {t}", "chuyển đổi số từ {t}", "tuyên truyền pháp luật về {t}", "bảo vệ rừng {t}",
    "họp bàn phương án {t}",
)  # fmt: skip
_MORE = (
    "Mỗi nhà góp {c} ngày công và {c} khối đá để con đường dài {c} mét xong trước mùa mưa.",
    "Năm nay {w} được mùa, giá bán {c} nghìn đồng một ký, bà con ai cũng phấn khởi.",
    "Từ nguồn vốn chính sách, {c} hộ đồng bào dân tộc thiểu số đã có nhà mới, nhiều hộ mua thêm {w}.",
    "Theo ông {n}, cái khó nhất là {w} và {w}, nhưng cả làng đồng lòng thì việc gì cũng xong.",
    "Chiều {d}/11, tại {p}, đoàn công tác đã đến thăm và tặng {c} phần quà cho các gia đình.",
    "Lớp học sáng đèn mỗi tối với {c} học viên, người lớn tuổi nhất ngoài bảy mươi.",
    "Địa phương phấn đấu giảm tỷ lệ hộ nghèo còn {d} phần trăm vào cuối năm, gắn với {w} bền vững.",
    "Tiếng chiêng lại vang lên bên bếp lửa {p}, nơi {n} dạy {c} cháu nhỏ từng nhịp một.",
)  # fmt: skip
_STARTS = (
    "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
_ENDS = (
    "a", "à", "á", "ạ", "ai", "ài", "ải", "an", "án", "ạn", "ang", "àng", "áng", "anh", "ành", "ánh", "ao", "ào", "ay",
    "ây", "ấm", "ần", "ăn", "ắng", "ê", "ên", "ềnh", "i", "ì", "in", "inh", "ình", "ịnh", "o", "ò", "ong", "òng", "ông",
    "ồng", "ộng", "ơ", "ơi", "ời", "ơn", "u", "ú", "un", "ung", "ùng", "ư", "ừ", "ưng", "ương", "ường", "ượng", "ươi",
    "uôn", "uông", "ét", "ết", "iệt", "iên", "iền", "iễn", "oa", "oà", "oan", "oàn", "uê", "uyên", "uyền",
)  # fmt: skip
_SYLLABLES = tuple(start + end for start in _STARTS for end in _ENDS)


class Telling:
    """Tells one story after the other; the same chance tells the same stories."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._words = [" ".join(chance.choices(_SYLLABLES, k=2)) for _ in range(12_000)]
        self._places = [f"{self._one().capitalize()} {self._one().capitalize()}" for _ in range(900)]
        self._names = [f"Điểu {self._one().capitalize()}" for _ in range(700)]

    def story(self) -> tuple[str, str]:
        """Title and summary of a new one."""
        title = f"{self._chance.choice(_WHO)} {self._chance.choice(_DOES)}".replace("{t}", "{w} {w}")
        sentences = self._chance.sample(_MORE, k=2)
        return self._fill(title), self._fill(" ".join(sentences))

    def again(self, title: str, summary: str) -> tuple[str, str]:
        """The same story as another outlet tells it: some words of the title exchanged, one sentence of its own."""
        words = title.split()
        words[self._chance.randrange(len(words))] = self._one()
        return " ".join(words), f"{summary.split('. ')[0].rstrip('.')}. {self._fill(self._chance.choice(_MORE))}"

    def _fill(self, pattern: str) -> str:
        for mark, make in (
            ("{p}", self._place),
            ("{n}", self._name),
            ("{w}", self._word),
            ("{c}", self._count),
            ("{d}", self._few),
        ):
            while mark in pattern:
                pattern = pattern.replace(mark, make(), 1)
        return pattern

    def _one(self) -> str:
        return self._chance.choice(_SYLLABLES)

    def _word(self) -> str:
        return _often(self._chance, self._words)

    def _place(self) -> str:
        return _often(self._chance, self._places)

    def _name(self) -> str:
        return _often(self._chance, self._names)

    def _count(self) -> str:
        return str(self._chance.randrange(2, 400))

    def _few(self) -> str:
        return str(self._chance.randrange(2, 30))


def _often(chance: Random, words: list[str]) -> str:
    """The first ones most: as in any language, a word's place in the order is what it is rare by."""
    return words[int(len(words) ** chance.random()) - 1]
