"""Entities escaped twice, two-digit years, a relative link on its own lines, a bare ampersand, text before the feed."""

ITEMS = [
    {
        "url": "https://here.example/tin/duong-dan-tuong-doi.htm",
        "title": "Ngày hôm nay, 2 chữ số",
        "summary": "Một đoạn hai đoạn",
        "published": "2026-08-23T05:52:00+07:00",
        "pictures": (),
    },
    {
        "url": "https://b2.example/a.htm?a=1&b=2",
        "title": 'Già làng "Vrang" & con cháu',
        "summary": "(B2) - Cháu .",
        "published": "2026-08-23T05:51:00+07:00",
        "pictures": ("https://b2.example/a.jpeg",),
    },
]
