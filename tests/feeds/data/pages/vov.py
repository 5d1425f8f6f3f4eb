"""What the desk sees of the page beside: invented words in the shape of an outlet's page."""

URL = "https://vov.vn/xa-hoi/them-chuong-trinh-tieng-stieng-post900005.vov"
TITLE = "Thêm chương trình phát thanh tiếng S’tiêng"
STANDFIRST = "Từ ngày 01/12, có thêm chương trình tiếng S’tiêng hai buổi mỗi ngày."
PARAGRAPHS = [
    "Từ ngày 01/12, Đài phát thêm chương trình tiếng S’tiêng vào 5h30 và 18h30 hằng ngày.",
    "Chương trình dài 15 phút, có bản tin thời tiết và mục hướng dẫn chăm sóc cây điều.",
    "Bà con nghe đài có thể gọi điện góp ý bằng tiếng mẹ đẻ.",
]
AUTHOR = "Minh Tâm"
PUBLISHED = "2026-11-19T09:00:00+07:00"
PICTURES = [
    ("https://media.example.vn/studio.jpg", "Phòng thu.", ""),
]
PREFIXES = ("VOV.VN",)
