"""What must be looked at before an article is shown to a second person: pure, without a database."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from app.desk.content import ArticleContent, Figure
from app.desk.findings import Finding

HEADLINE_LETTERS = 48  # two lines of 24 on the A5 page
STANDFIRST_LETTERS = 160
PICTURE_PIXELS = 660  # one column at 200 dpi

# The three degrees of the Law on the protection of State secrets 29/2018/QH14, article 8, and marks of restriction.
SECRECY = ("tuyệt mật", "tối mật", "lưu hành nội bộ", "không phổ biến", "tài liệu mật", "văn bản mật", "độ mật")
# The bare stamp is written in capitals: "mật" alone is also honey.
STAMP = re.compile(r"(?<!\w)(TUYỆT\W{0,3}MẬT|TỐI\W{0,3}MẬT|M\W?Ậ\W?T)(?!\w)")
DOCUMENT = re.compile(
    r"\b\d{1,5}\s*/\s*(?:[A-ZĐ]{2,6}\s*-\s*)?(?:TM|TuM|M)\s*-\s*[A-ZĐ]{2,10}\b"
    r"|\b\d{1,5}/[A-ZĐ-]{2,16}\s*\((?:M|TM|TuM|mật|tối mật)\)"
)
PHONE = re.compile(r"(?<![\d./])(?:\+?84|0)(?:[\s.-]?\d){9}(?![\d])")
ID_NUMBER = re.compile(r"(?<![\d.,/])\d{3}[\s.]?\d{3}[\s.]?\d{3}[\s.]?\d{3}(?![\d.,])|(?<![\d.,/])\d{9}(?![\d.,])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
WORDS = re.compile(r"người dân tộc(?! thiểu số)", re.IGNORECASE)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Cyrillic letters that look Latin.
LOOK_ALIKE = str.maketrans("АВЕКМНОРСТХавекмнорстх", "ABEKMHOPCTXabekmhopctx")


def check_article(
    content: ArticleContent,
    *,
    clashes: Iterable[str] = (),
    consent: Mapping[str, bool] | None = None,
    public_phones: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Every finding of one article. `consent` says per outlet name whether pictures may be reprinted."""
    return (
        *_empty(content),
        *(Finding(kind="clash", level="hard", where=field, values={"where": field}) for field in clashes),
        *_lengths(content),
        *_credit(content),
        *(finding for figure in content.figures for finding in _figure(figure)),
        *_consent(content, consent or {}),
        *check_words(content.words, public_phones=public_phones),
        *_links(content),
    )


def check_words(text: str, *, public_phones: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Findings on words alone: secrecy marks, private numbers, letters typed in parts, words we do not use."""
    plain = unveil(text)
    public = {re.sub(r"\D", "", number) for number in public_phones}
    phones = [m[0] for m in PHONE.finditer(plain) if re.sub(r"\D", "", m[0]) not in public]
    without_phones = PHONE.sub(" ", plain)
    found = [
        *(Finding(kind="secrecy", level="hard", words=words, values={"words": words}) for words in _secrecy(plain)),
        *_each("document_secrecy", "hard", DOCUMENT, plain),
        *(Finding(kind="phone", level="hard", words=words, values={"words": words}) for words in phones),
        *_each("id_number", "hard", ID_NUMBER, without_phones),
        *_each("email", "soft", EMAIL, plain),
        *_each("word", "hard", WORDS, plain),
    ]
    if unicodedata.normalize("NFC", text) != text:
        found.append(Finding(kind="not_nfc", level="hard"))
    return tuple(found)


def unveil(text: str) -> str:
    """The text as an eye reads it: invisible letters gone, look-alikes made plain, NFC."""
    return unicodedata.normalize("NFC", text.translate(INVISIBLE).translate(LOOK_ALIKE))


def _secrecy(plain: str) -> list[str]:
    # Spaces and dots put between the letters of a stamp do not hide it.
    tight = re.sub(r"(?<=\b\w)[\s.·_-]{1,2}(?=\w\b)", "", plain)
    found = [m[0] for text in (plain, tight) for m in STAMP.finditer(text)]
    lower = re.sub(r"\s+", " ", plain.lower())
    return list(dict.fromkeys([*found, *(mark for mark in SECRECY if mark in lower)]))


def _each(kind: str, level: str, pattern: re.Pattern[str], text: str) -> list[Finding]:
    words = dict.fromkeys(m[0] for m in pattern.finditer(text))
    return [
        Finding(kind=kind, level="hard" if level == "hard" else "soft", words=w, values={"words": w}) for w in words
    ]


def _empty(content: ArticleContent) -> list[Finding]:
    found = [
        Finding(kind="empty", level="hard", where=name, values={"where": name})
        for name in ("headline", "standfirst")
        if not getattr(content, name).strip()
    ]
    if not any(p.text.strip() for p in content.paragraphs):
        found.append(Finding(kind="no_text", level="hard", where="paragraphs"))
    if not content.section:
        found.append(Finding(kind="no_section", level="hard", where="section"))
    return found


def _lengths(content: ArticleContent) -> list[Finding]:
    limits = (("headline", "long_headline", HEADLINE_LETTERS), ("standfirst", "long_standfirst", STANDFIRST_LETTERS))
    return [
        Finding(kind=kind, level="soft", where=name, values={"count": len(text), "most": most})
        for name, kind, most in limits
        if len(text := getattr(content, name)) > most
    ]


def _credit(content: ArticleContent) -> list[Finding]:
    if not content.sources:
        return [] if content.byline else [Finding(kind="no_source", level="soft", where="credit")]
    missing = [ref.outlet for ref in content.sources if ref.outlet.lower() not in content.credit.lower()]
    return [
        Finding(kind="no_credit", level="hard", where="credit", words=outlet, values={"outlet": outlet})
        for outlet in dict.fromkeys(missing)
    ]


def _figure(figure: Figure) -> list[Finding]:
    found = []
    if not figure.alt.strip():
        found.append(Finding(kind="picture_no_alt", level="hard", where="figure", words=figure.asset))
    if not figure.credit.strip():
        found.append(Finding(kind="picture_no_credit", level="hard", where="figure", words=figure.asset))
    if not figure.caption.strip():
        found.append(Finding(kind="picture_no_caption", level="soft", where="figure", words=figure.asset))
    if figure.width < PICTURE_PIXELS:
        size: dict[str, str | int] = {"width": figure.width, "height": figure.height}
        found.append(Finding(kind="picture_small", level="soft", where="figure", words=figure.asset, values=size))
    return found


def _consent(content: ArticleContent, consent: Mapping[str, bool]) -> list[Finding]:
    outlets = {ref.outlet for ref in content.sources if not consent.get(ref.outlet, False)}
    credits = " ".join(figure.credit.lower() for figure in content.figures)
    return [
        Finding(kind="picture_consent", level="soft", where="figure", words=outlet, values={"outlet": outlet})
        for outlet in sorted(outlets)
        if outlet.lower() in credits
    ]


def _links(content: ArticleContent) -> list[Finding]:
    known = {urlsplit(ref.url).hostname for ref in content.sources}
    links = re.findall(r"https?://\S+", content.words)
    return [
        Finding(kind="outside_link", level="soft", words=link, values={"words": link})
        for link in dict.fromkeys(links)
        if urlsplit(link).hostname not in known
    ]
