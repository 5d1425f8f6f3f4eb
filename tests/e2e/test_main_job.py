"""The whole main job, by clicking and typing: from the first visit to the files in the outbox and the log."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pypdfium2
from playwright.sync_api import expect

from feeds.samples.editors import Draft, read_drafts, read_plan
from feeds.samples.stories import PICTURES, read_stories
from tests.e2e.conftest import Arrival
from tests.e2e.server import Server
from tests.e2e.visitor import PHONE, Visitor

NOW = datetime.now(UTC)
DRAFTS = {draft.key: draft for draft in read_drafts(NOW)}
TITLES = {story.id: story.title for story in read_stories(NOW)}
PLAN = read_plan(NOW)
SHORT, FEATURE = PLAN.short, "cau-dak-lo"
RETURNED = DRAFTS[SHORT[0]]
FORGOTTEN, SENTENCE = " và sân chơi.", "Còn quên sân chơi của các cháu."
ADMINISTRATOR, EDITOR, APPROVER = "Minh Tâm", "Hoài An", "Bảo Khánh"
PASSPHRASE = "bốn từ thật dễ nhớ"


def test_one_piece_of_news_goes_all_the_way(serve: Callable[..., Server], arrives: Arrival) -> None:
    server = serve(timer=True)
    tam = arrives(ADMINISTRATOR, server)
    set_the_desk_up(tam)
    for name, post, role in ((EDITOR, "Biên tập viên", "Biên tập"), (APPROVER, "Trưởng phòng", "Người duyệt")):
        add_a_person(tam, name, post, role)
    an = arrives(EDITOR, server).signs_in(PASSPHRASE)
    for key in (*SHORT, FEATURE):
        write_an_article(an, DRAFTS[key])
    khanh = arrives(APPROVER, server, PHONE).signs_in(PASSPHRASE)
    return_one_and_approve_the_rest(khanh)
    mend_and_submit_again(an)
    approve(khanh, RETURNED.headline)
    compose_an_issue(an)
    seal(an)
    sign(khanh)
    take_what_lies_in_the_outbox(khanh)
    read_the_log(tam)


def set_the_desk_up(tam: Visitor) -> None:
    tam.opens("/")
    tam.sees("Cài đặt bàn làm việc")
    tam.page.get_by_role("radio", name=re.compile("Đồng Nai")).check()
    tam.types("Họ tên", ADMINISTRATOR)
    tam.types("Chức vụ", "Quản trị")
    tam.types("Mật khẩu", PASSPHRASE)
    tam.types("Gõ lại mật khẩu", PASSPHRASE)
    tam.page.get_by_role("checkbox").check()
    tam.presses("Cài đặt bàn làm việc")
    expect(tam.page).to_have_url(re.compile("/hom-nay$"))
    tam.sees("MẪU")
    tam.sees("40 tin về chưa xem")
    tam.goes_to("Tin về")
    tam.sees("Báo Đất Đỏ")


def add_a_person(tam: Visitor, name: str, post: str, role: str) -> None:
    tam.goes_to("Hệ thống")
    people = tam.part("Con người")
    people.get_by_text("Thêm người", exact=True).click()
    tam.types("Họ tên", name, people)
    tam.types("Chức vụ", post, people)
    people.get_by_role("combobox").select_option(
        label=next_option(people.get_by_role("option").all_inner_texts(), role)
    )
    tam.types("Mật khẩu", PASSPHRASE, people)
    tam.presses("Thêm người này", people)
    tam.sees(name, tam.part("Con người"))


def next_option(options: list[str], start: str) -> str:
    """The option that begins with these words."""
    return next(option for option in options if option.startswith(start))


def write_an_article(an: Visitor, draft: Draft) -> None:
    """From a story in Tin về to an article that is handed on."""
    an.goes_to("Tin về")
    an.types("Tìm", TITLES[draft.stories[0]])
    an.page.keyboard.press("Enter")
    an.follows(TITLES[draft.stories[0]])
    an.presses("Chọn tin")
    an.sees("Đã chọn")
    an.follows("Đã chọn")
    an.follows(TITLES[draft.stories[0]])
    an.presses("Viết bài")
    an.sees("Nguồn")
    fill_in(an, draft)
    add_its_picture(an, draft)
    an.types("Ghi chú trong phòng", "Đã gọi xã hỏi lại, đúng số hộ.")
    an.presses("Giữ ghi chú")
    an.sees("Đã gọi xã hỏi lại")
    an.presses("Trình duyệt")
    an.sees("Chờ duyệt")


def fill_in(an: Visitor, draft: Draft) -> None:
    an.chooses("Chuyên mục", draft.section)
    standfirst = draft.standfirst.removesuffix(FORGOTTEN)
    for label, text in (("Dòng trên tít", draft.kicker), ("Tít", draft.headline), ("Sapo", standfirst)):
        an.types(label, text)
    an.sees("Đã lưu", an.page.locator("[data-save]"))
    for number, (_, text) in enumerate(draft.paragraphs, start=1):
        if not an.field(f"Đoạn {number}").count():
            an.presses("Thêm đoạn")
        an.types(f"Đoạn {number}", text)
    for label, text in (
        ("Ghi nguồn ở cuối bài", draft.credit),
        ("Tác giả", draft.byline),
        ("Câu trích in lớn", draft.quote),
        ("Người nói câu trích", draft.quote_by),
    ):
        an.types(label, text)
    an.presses("Lưu")
    an.sees("Đã lưu")


def add_its_picture(an: Visitor, draft: Draft) -> None:
    for number, picture in enumerate(draft.pictures, start=1):
        an.field("Thêm ảnh của ta").set_input_files(PICTURES / picture.file)
        an.presses("Thêm ảnh")
        photo = an.page.get_by_role("group", name=f"Ảnh {number}", exact=True)
        an.types("Chú thích", picture.caption, photo)
        an.types("Tả ảnh", picture.alt, photo)
        an.types("Nguồn ảnh", picture.credit, photo)
        an.presses("Lưu")
        an.sees("Đã lưu")


def return_one_and_approve_the_rest(khanh: Visitor) -> None:
    find_in_the_queue(khanh, RETURNED.headline)
    khanh.types("Trả lại kèm một câu", SENTENCE)
    khanh.presses("Trả lại bài")
    khanh.sees("Đã trả lại")
    for key in (*SHORT[1:], FEATURE):
        approve(khanh, DRAFTS[key].headline)


def find_in_the_queue(khanh: Visitor, headline: str) -> None:
    """On a phone one article fills the page; the next is a link away."""
    khanh.follows("Hôm nay")
    khanh.goes_to("Duyệt")
    proof = khanh.page.locator("article.proof h2")
    while proof.inner_text() != headline:
        khanh.presses("Bài sau")
        expect(proof).to_be_visible()


def approve(khanh: Visitor, headline: str) -> None:
    find_in_the_queue(khanh, headline)
    khanh.presses("Duyệt bài")
    khanh.sees("Đã duyệt")


def mend_and_submit_again(an: Visitor) -> None:
    an.goes_to("Hôm nay")
    an.goes_to("Bài")
    an.sees(SENTENCE)
    an.follows(RETURNED.headline)
    an.sees(SENTENCE)
    an.taps_out("Sapo", FORGOTTEN)
    an.presses("Trình duyệt lại")
    an.sees("Chờ duyệt")
    an.presses("Như bạn đọc thấy")
    an.sees(RETURNED.standfirst, an.page.locator("article.proof"))
    expect(an.page.get_by_role("button", name="Duyệt bài")).to_have_count(0)
    an.sees(APPROVER)


def compose_an_issue(an: Visitor) -> None:
    an.goes_to("Số bản tin")
    an.chooses("Số trang", "4")
    an.presses("Mở số")
    for key in (*SHORT, FEATURE):
        line = an.page.get_by_role("listitem").filter(has_text=DRAFTS[key].headline)
        an.presses("Xếp thành bài chính" if key == FEATURE else "Xếp vào tin ngắn", line)
    an.sees("trang bìa", an.page.get_by_role("row").filter(has_text=DRAFTS[FEATURE].headline))
    for number, (lead, text) in enumerate(PLAN.things, start=1):
        an.page.get_by_label(re.compile(rf"^Chữ đầu.*{number}$")).fill(lead)
        an.page.get_by_label(f"Điều {number}", exact=True).fill(text)
    an.presses("Lưu các dòng")
    an.presses("Đo các trang")
    an.sees("Chốt số là chụp lại một lần")


def seal(an: Visitor) -> None:
    """The timer makes the proofs; the page renews itself until all are there."""
    an.page.set_default_timeout(60_000)
    an.presses("Chốt số")
    an.sees("Bản thử từ bản đã chốt")
    expect(an.page.locator("[data-live=on]")).to_have_count(0, timeout=120_000)
    an.sees("doc-A5.pdf")
    expect(an.page.get_by_role("button", name=re.compile("^Ký số"))).to_have_count(0)


def sign(khanh: Visitor) -> None:
    khanh.goes_to("Số bản tin")
    khanh.follows("Số")
    khanh.page.get_by_role("button", name=re.compile("^Ký số")).click()
    khanh.sees("đã ký số này")
    khanh.goes_to("Hộp đi")
    expect(khanh.page.locator("[data-live=on]")).to_have_count(0, timeout=60_000)


def take_what_lies_in_the_outbox(khanh: Visitor) -> None:
    pages = read_pdf(khanh.takes("doc-A5.pdf").read_bytes())
    assert len(pages) == 4
    assert all("MẪU" in page for page in pages)
    words = " ".join(pages)
    for key in (*SHORT, FEATURE):
        assert first_words(DRAFTS[key]) in words, key


def first_words(draft: Draft) -> str:
    return " ".join(draft.paragraphs[0][1].split()[:4])


def read_pdf(data: bytes) -> list[str]:
    """The words of each page, in one line."""
    found = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in found]


def read_the_log(tam: Visitor) -> None:
    tam.goes_to("Hệ thống")
    log = tam.part("Nhật ký")
    for sentence in (f"{EDITOR} trình", f"{APPROVER} ký"):
        tam.sees(sentence, log)
