"""A picture as an element of the item, a date without an hour, bare signs, a DOCTYPE, a link that is none."""

ITEMS = [
    {
        "url": "http://b3.example/cho-phien-4772838.html",
        "title": "Chợ phiên &x; ngày mới",
        "summary": "Giá < 100 nghìn đồng & còn rẻ.",
        "published": "2018-09-08T00:00:00+07:00",
        "pictures": ("http://b3.example/i.jpg",),
    },
    {
        "url": "",
        "title": "Chỉ có lời tóm tắt.",
        "summary": "Chỉ có lời tóm tắt.",
        "published": None,
        "pictures": (),
    },
]
