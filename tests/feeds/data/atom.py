"""Atom with an enclosure, a counting pixel, Media RSS and an author; Khmer keeps its spaces of no width."""

ITEMS = [
    {
        "url": "https://so.example/le-hoi",
        "title": "Lễ hội cồng chiêng",
        "summary": "Bon Đắk Lơ mở hội.",
        "published": "2026-11-20T08:00:00+07:00",
        "author": "Thị Lành",
        "pictures": ("https://so.example/anh.jpg", "https://so.example/e.jpg", "https://so.example/t.jpg"),
    },
    {
        "url": "https://so.example/khmer",
        "title": "ខ្មែរ\u200bសួស្តី",
        "summary": "ភាសា\u200bខ្មែរ",
        "published": "2026-11-19T08:00:00+07:00",
        "pictures": (),
    },
]
