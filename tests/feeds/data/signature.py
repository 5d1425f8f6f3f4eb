"""The outlet's signature before the summary, in three spellings; a short zone, American dates, trackers, ZWSP."""

QUIRKS = {"summary_prefix": ("TV.vn", "(Tv.vn)")}
ITEMS = [
    {
        "url": "https://tv.example/chung-ket-100260822202835894.htm",
        "title": 'Chung kết "Em yêu quê hương"',
        "summary": "Giải Nhất với 476 điểm.",
        "published": "2026-08-22T22:54:00+07:00",
        "pictures": ("https://cdn.tv.example/zoom/600_315/x/1.png",),
    },
    {
        "url": "https://tv.example/tang-muc-10226082217092791.htm",
        "title": "Tăng mức chuẩn trợ giúp xã hội",
        "summary": "Mức mới áp dụng từ tháng tới.",
        "published": "2026-08-22T20:30:00+07:00",
        "pictures": (),
    },
    {
        "url": "https://tv.example/mua-post1.vov?id=7",
        "title": "Mưa lớn ở miền Đông",
        "summary": "Mưa từ 50–100mm.",
        "published": "2026-08-23T05:58:00+07:00",
        "pictures": (),
    },
]
