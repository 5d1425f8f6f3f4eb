"""The whole main job, by clicking and typing: from the first visit to the files in the outbox and the log."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import expect

from feeds.samples.editors import Draft, read_drafts, read_plan
from feeds.samples.stories import PICTURES, read_stories
from tests.e2e.conftest import Arrival
from tests.e2e.server import Server
from tests.e2e.visitor import PHONE, Visitor, vi

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
    tam.sees("Set up the desk")
    tam.page.get_by_role("radio", name=re.compile("Đồng Nai")).check()
    tam.types("Name", ADMINISTRATOR)
    tam.types("Post", "Quản trị")
    tam.types("Passphrase", PASSPHRASE)
    tam.types("The same passphrase again", PASSPHRASE)
    tam.page.get_by_role("checkbox").check()
    tam.presses("Set up the desk")
    expect(tam.page).to_have_url(re.compile("/hom-nay$"))
    tam.sees("MẪU")
    tam.sees("40 tin về chưa xem")
    tam.goes_to("Stories in")
    tam.sees("Báo Đất Đỏ")


def add_a_person(tam: Visitor, name: str, post: str, role: str) -> None:
    tam.goes_to("System")
    people = tam.part("People")
    people.get_by_text(vi("Add a person"), exact=True).click()
    sheet = people.locator("form").filter(has=tam.page.get_by_role("button", name=vi("Add the person")))
    tam.types("Name", name, sheet)
    tam.types("Post", post, sheet)
    roles = sheet.get_by_role("combobox")
    roles.select_option(label=next_option(roles.get_by_role("option").all_inner_texts(), role))
    tam.types("First passphrase", PASSPHRASE, sheet)
    tam.presses("Add the person", sheet)
    tam.sees(name, tam.part("People"))


def next_option(options: list[str], start: str) -> str:
    """The option that begins with these words."""
    return next(option for option in options if option.startswith(start))


def write_an_article(an: Visitor, draft: Draft) -> None:
    """From a story in Tin về to an article that is handed on."""
    an.goes_to("Stories in")
    an.types("Search all stories", TITLES[draft.stories[0]])
    an.page.keyboard.press("Enter")
    an.follows(TITLES[draft.stories[0]])
    an.presses("Keep")
    an.sees("Kept")
    an.follows("Kept")
    an.follows(TITLES[draft.stories[0]])
    an.presses("Write an article")
    an.sees("Source")
    fill_in(an, draft)
    add_its_picture(an, draft)
    an.types("Note of the room", "Đã gọi xã hỏi lại, đúng số hộ.")
    an.presses("Keep the note")
    an.sees("Đã gọi xã hỏi lại")
    an.presses("Submit")
    an.is_told("trinh")


def fill_in(an: Visitor, draft: Draft) -> None:
    an.chooses("Section", draft.section)
    standfirst = draft.standfirst.removesuffix(FORGOTTEN)
    for label, text in (("Kicker", draft.kicker), ("Headline", draft.headline), ("Standfirst", standfirst)):
        an.types(label, text)
    an.sees("Saved", an.page.locator("[data-save]"))
    for number, (_, text) in enumerate(draft.paragraphs, start=1):
        if not an.field(vi("Paragraph %(number)d", number=number)).count():
            an.presses("Add a paragraph")
        an.types(vi("Paragraph %(number)d", number=number), text)
    for label, text in (
        ("Source line at the end", draft.credit),
        ("Byline", draft.byline),
        ("Quotation set large", draft.quote),
        ("Who said the quotation", draft.quote_by),
    ):
        an.types(label, text)
    an.presses("Save")
    an.is_told("luu")


def add_its_picture(an: Visitor, draft: Draft) -> None:
    for number, picture in enumerate(draft.pictures, start=1):
        an.field("Add a picture of our own").set_input_files(PICTURES / picture.file)
        an.presses("Add the picture")
        photo = an.page.get_by_role("group", name=vi("Picture %(number)d", number=number), exact=True)
        an.types("Caption", picture.caption, photo)
        an.types("Description for people who cannot see it", picture.alt, photo)
        an.types("Credit of the picture", picture.credit, photo)
        an.presses("Save")
        an.is_told("luu")


def return_one_and_approve_the_rest(khanh: Visitor) -> None:
    find_in_the_queue(khanh, RETURNED.headline)
    khanh.types("Return it with one sentence", SENTENCE)
    khanh.presses("Return the article")
    khanh.is_told("tra-lai")
    for key in (*SHORT[1:], FEATURE):
        approve(khanh, DRAFTS[key].headline)


def find_in_the_queue(khanh: Visitor, headline: str) -> None:
    """On a phone one article fills the page; the next is a link away."""
    khanh.follows("Today")
    khanh.goes_to("Approval")
    proof = khanh.page.locator("article.proof h2")
    while proof.inner_text() != headline:
        khanh.presses("Next article")
        expect(proof).to_be_visible()


def approve(khanh: Visitor, headline: str) -> None:
    find_in_the_queue(khanh, headline)
    khanh.presses("Approve the article")
    khanh.is_told("duyet")


def mend_and_submit_again(an: Visitor) -> None:
    an.goes_to("Today")
    an.goes_to("Articles")
    an.sees(SENTENCE)
    an.follows(RETURNED.headline)
    an.sees(SENTENCE)
    an.taps_out("Standfirst", FORGOTTEN)
    an.presses("Submit again")
    an.is_told("trinh")
    an.presses("As the reader sees it")
    an.sees(RETURNED.standfirst, an.page.locator("article.proof"))
    expect(an.page.get_by_role("button", name="Approve the article")).to_have_count(0)
    an.sees(APPROVER)


def compose_an_issue(an: Visitor) -> None:
    an.goes_to("Issues")
    an.chooses("Pages", "4")
    an.presses("Open the number")
    for key in (*SHORT, FEATURE):
        line = an.page.get_by_role("listitem").filter(has_text=DRAFTS[key].headline)
        an.presses("As a feature" if key == FEATURE else "As short news", line)
    an.sees("cover", an.page.get_by_role("row").filter(has_text=DRAFTS[FEATURE].headline))
    for number, (lead, text) in enumerate(PLAN.things, start=1):
        an.page.get_by_label(vi("Lead word of thing %(number)d", number=number)).fill(lead)
        an.page.get_by_label(vi("Thing %(number)d", number=number), exact=True).fill(text)
    an.presses("Save the texts")
    an.presses("Measure the pages")
    expect(an.page.get_by_role("button", name=vi("Seal the issue"))).to_be_visible()


def seal(an: Visitor) -> None:
    """The timer makes the proofs; the page renews itself until all are there."""
    an.page.set_default_timeout(60_000)
    an.presses("Seal the issue")
    an.sees("Proofs from the sealed text")
    expect(an.page.locator("[data-live=on]")).to_have_count(0, timeout=120_000)
    an.sees("doc-A5.pdf")
    expect(an.page.get_by_role("button", name=re.compile("^Ký số"))).to_have_count(0)


def sign(khanh: Visitor) -> None:
    khanh.goes_to("Issues")
    khanh.follows("Số")
    khanh.page.get_by_role("button", name=re.compile("^Ký số")).click()
    khanh.is_told("ky")
    khanh.goes_to("Outbox")
    expect(khanh.page.locator("[data-live=on]")).to_have_count(0, timeout=60_000)


def take_what_lies_in_the_outbox(khanh: Visitor) -> None:
    pages = read_pdf(khanh.takes("doc-A5.pdf"))
    assert len(pages) == 4
    assert all("MẪU·KHÔNGPHÁTHÀNH" in page for page in pages)
    assert len(read_pdf(khanh.takes("in-A4.pdf"))) == 2
    web = khanh.takes(".html").read_text()
    assert not re.search(r'(src|href)="(?!#|data:|https://(datdo|miendong)\.example)', web)
    web = squeeze(web)
    for key in (*SHORT, FEATURE):
        assert squeeze(DRAFTS[key].paragraphs[0][1])[:40] in "".join(pages)
        assert squeeze(DRAFTS[key].headline) in web
    line = khanh.page.get_by_role("listitem").filter(has_text=DRAFTS[FEATURE].headline)
    khanh.follows("Zalo", line)
    khanh.presses("Copy the words")
    khanh.sees("Copied")
    khanh.sees(DRAFTS[FEATURE].headline, khanh.page.locator("textarea"))
    with Image.open(khanh.takes("zalo.jpg")) as picture:
        assert picture.format == "JPEG"
        assert min(picture.size) >= 600


def read_pdf(file: Path) -> list[str]:
    """The words of each page, without the spaces, for letters set apart read as words apart."""
    with pypdfium2.PdfDocument(file) as found:
        return [squeeze(page.get_textpage().get_text_bounded()) for page in found]


def squeeze(text: str) -> str:
    return "".join(text.split())


def read_the_log(tam: Visitor) -> None:
    tam.goes_to("System")
    lines = [" ".join(line.split()) for line in tam.part("Log").get_by_role("listitem").all_inner_texts()]
    names = f"{ADMINISTRATOR}|{EDITOR}|{APPROVER}|{vi('The timer')}"
    assert [line for line in lines if not re.match(rf"\d\d:\d\d.* ({names}) \w", line)] == []
    assert any(re.search(f"{APPROVER} ký số", line) for line in lines)
