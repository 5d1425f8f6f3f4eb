"""What the desk sees of the page beside: invented words in the shape of an outlet's page."""

URL = "https://www.qdnd.vn/xa-hoi/bo-doi-giup-dan-gat-lua-900003"
TITLE = "Bộ đội giúp dân gặt lúa chạy bão"
STANDFIRST = "Trong hai ngày, 3,5 ha lúa rẫy của bà con thôn Bù Lư được gặt xong trước bão."
PARAGRAPHS = [
    "Đội công tác địa phương của đồn biên phòng đến từng nhà ở thôn Bù Lư giúp bà con gặt lúa rẫy trước cơn bão số 12.",
    "Gặt lúa giúp bà con.",
    "Trong hai ngày, 24 cán bộ, chiến sĩ đã gặt xong 3,5 ha lúa của 11 gia đình neo người.",
    "Đại úy Điểu Vinh cho biết đơn vị còn cho mượn 6 tấm bạt lớn để phơi lúa.",
]
AUTHOR = "Bảo Khánh"
PUBLISHED = "2026-11-22T17:40:00+07:00"
PICTURES = [
    ("https://www.qdnd.vn/data/images/gat-lua.jpg?w=800", "", ""),
]
