"""What the desk sees of the page beside: invented words in the shape of an outlet's page."""

URL = "https://vtv.vn/doi-song/nguoi-giu-nghe-det-o-bom-bo-100260001.htm"
TITLE = "Người giữ nghề dệt ở Bom Bo"
STANDFIRST = "Bà Điểu Thị Xia dạy nghề dệt cho 45 phụ nữ trong sóc."
PARAGRAPHS = [
    "Chương trình tối 22/11 kể câu chuyện của bà Điểu Thị Xia, người giữ nghề dệt ở sóc Bom Bo.",
    "Từ năm 2019 đến nay, bà đã dạy nghề cho 45 phụ nữ trong sóc, không lấy tiền công.",
    "Mỗi tấm vải dệt tay mất khoảng 20 ngày.",
]
AUTHOR = "Ngọc Mai - Ban Truyền hình tiếng dân tộc"
PUBLISHED = "2026-11-22T20:15:00+07:00"
PICTURES = [
    ("https://cdn-images.example.vn/det-vai.jpg", "Bà Xia bên khung dệt.", "Ngọc Mai"),
]
PREFIXES = ("VTV.vn",)
