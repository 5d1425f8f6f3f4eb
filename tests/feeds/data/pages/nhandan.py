"""What the desk sees of the page beside: invented words in the shape of an outlet's page."""

URL = "https://nhandan.vn/ba-con-soc-bu-ren-gop-cong-lam-duong-post900001.html"
TITLE = "Bà con sóc Bù Rên góp công làm đường"
STANDFIRST = "Hơn 60 hộ đồng bào S’tiêng ở sóc Bù Rên góp 850 ngày công làm lại con đường vào nhà văn hóa."
PARAGRAPHS = [
    "Sáng 20/11, hơn 60 hộ ở sóc Bù Rên cùng nhau dọn lại con đường dẫn vào nhà văn hóa.",
    "Già làng Điểu Vrang, 71 tuổi, kể mùa mưa trước nước cuốn một đoạn dài 40 m, trẻ nhỏ phải đi vòng qua rẫy điều.",
    "Theo Ủy ban nhân dân xã, con đường mới rộng 3 m, dài 1,2 km, do bà con góp 850 ngày công.",
]
AUTHOR = "HOÀI AN"
PUBLISHED = "2026-11-20T15:28:00+07:00"
PICTURES = [
    ("https://cdn.example.vn/images/bu-ren-1.avif", "Con đường vào nhà văn hóa sóc Bù Rên. (Ảnh: Thị Mai)", "Thị Mai"),
    ("https://nhandan.vn/images/bu-ren-2.jpg", "Già làng Điểu Vrang.", ""),
]
