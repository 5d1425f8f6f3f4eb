"""What the desk sees of the page beside: invented words in the shape of an outlet's page."""

URL = "https://baochinhphu.vn/vay-von-lam-nha-102260006.htm"
TITLE = "Vay vốn làm nhà, ai được hưởng?"
STANDFIRST = "Hộ nghèo ở vùng đặc biệt khó khăn được vay tối đa 100 triệu đồng để làm nhà."
PARAGRAPHS = [
    "Chương trình cho vay theo quyết định mới dành cho hộ đồng bào dân tộc thiểu số nghèo ở vùng đặc biệt khó khăn.",
    "Mức vay tối đa 100 triệu đồng, thời hạn 10 năm, lãi suất 3,3% một năm.",
    "Hồ sơ nộp tại Ủy ban nhân dân xã, không phải qua cấp trung gian.",
]
AUTHOR = "Hoài An"
PUBLISHED = "2026-11-18T10:45:00+07:00"
PICTURES = [
    ("https://bcp.example.vn/nha-moi.jpg", "Một căn nhà mới. Ảnh: VGP thử", "VGP thử"),
]
PREFIXES = ("(Chinhphu.vn)",)
