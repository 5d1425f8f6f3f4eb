"""What the desk sees of the page beside: invented words in the shape of an outlet's page."""

URL = "https://www.vietnamplus.vn/lop-hoc-buoi-toi-o-bu-gia-phuc-post900002.vnp"
TITLE = "Lớp học buổi tối ở Bù Gia Phúc"
STANDFIRST = "Mỗi tối, 28 học viên người S’tiêng và M’nông lại đến lớp xóa mù chữ."
PARAGRAPHS = [
    "Lớp xóa mù chữ buổi tối ở thôn Bù Gia Phúc có 28 học viên, người lớn tuổi nhất 62 tuổi.",
    "“Tôi muốn tự đọc được bản tin,” bà Điểu Thị Xia nói.",
    "Cô giáo Thị Hương cho biết lớp học kéo dài 5 tháng, mỗi tuần ba buổi, từ 19h đến 21h.",
]
AUTHOR = "Điểu Lâm"
PUBLISHED = "2026-11-21T08:05:00+07:00"
PICTURES = [
    ("https://media.example.vn/lop-hoc.avif", "Một buổi học. Ảnh: Điểu Lâm/TTX thử", "Điểu Lâm/TTX thử"),
]
