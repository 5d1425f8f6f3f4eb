"""As the software of several newspapers writes: AVIF, a colon in the zone, links to other stories at the end."""

ITEMS = [
    {
        "url": "https://bao.example/video-ba-con-thon-bu-ren-post100001.html",
        "title": "[Video] Bà con thôn Bù Rên thu hoạch điều",
        "summary": "Sáng 20/8, bà con phấn khởi & làm việc từ sớm.",
        "published": "2026-08-22T22:58:22+07:00",
        "pictures": ("https://cdn.bao.example/images/aB_9/anh.jpg.avif",),
    },
    {
        "url": "https://bao.example/bai-post100002.html",
        "title": "Bài không có tóm tắt",
        "summary": "",
        "published": "2026-08-22T22:48:45+07:00",
        "pictures": (),
    },
]
