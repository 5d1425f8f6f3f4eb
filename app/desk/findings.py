"""What a check says: a kind and values, worded at the edge."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["hard", "soft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark: `hard` must be mended or justified; `where` is a field, page or file; `words` the exact words."""

    kind: str
    level: Level
    where: str = ""
    words: str = ""
    values: dict[str, str | int] = field(default_factory=dict)


# The sentence of each kind, as an English msgid with the names of its values.
SENTENCES: dict[str, str] = {
    "empty": "“%(where)s” is still empty.",
    "no_text": "The article has no text yet.",
    "no_section": "No section is chosen.",
    "no_credit": "The source is not named: %(outlet)s.",
    "no_source": "The article rests on no story of an outlet. Is it the office's own report?",
    "not_nfc": "Some letters are typed in parts (not NFC); saving the field again mends it.",
    "secrecy": "A secrecy mark: “%(words)s”. Such a text must not leave the house.",
    "document_secrecy": "A document number with a secrecy mark: “%(words)s”.",
    "phone": "A private telephone number? “%(words)s”",
    "id_number": "An identity or account number? “%(words)s”",
    "email": "A private e-mail address? “%(words)s”",
    "long_headline": "The headline has %(count)d letters; two printed lines hold %(most)d.",
    "long_standfirst": "The standfirst has %(count)d letters; %(most)d read better.",
    "picture_no_alt": "A picture has no description for people who cannot see it.",
    "picture_no_credit": "A picture has no credit.",
    "picture_no_caption": "A picture has no caption.",
    "picture_consent": "%(outlet)s has not agreed in writing that its pictures are reprinted.",
    "picture_small": "A picture of %(width)d × %(height)d pixels prints unsharp.",
    "word": "“%(words)s”: write “đồng bào” or “bà con”.",
    "clash": "Two people wrote “%(where)s” at the same time; both texts are kept. Choose one.",
    "not_approved": "“%(headline)s” is not approved yet.",
    "no_cover": "No article is chosen for the cover.",
    "few_articles": "The issue needs %(wanted)d articles, it has %(count)d.",
    "page_count": "The issue has %(count)d pages, %(wanted)d were promised.",
    "over": "Page %(page)d: “%(headline)s” is %(lines)d lines too long.",
    "hole": "Page %(page)d: %(lines)d lines stay empty.",
    "left_out": "Page %(page)d: %(words)s of “%(headline)s” was left out so that the text fits.",
    "imprint": "The imprint lacks: %(field)s.",
    "office_fact": "The office's %(field)s is not filled in; the law asks for it.",
    "font": "A font is not embedded in the file.",
    "glyph": "A letter has no shape in our fonts: “%(words)s”.",
    "text": "The printed text of “%(headline)s” differs from the approved text.",
    "trim": "The page measures %(width)s × %(height)s mm instead of %(wanted)s.",
    "too_long": "The post has %(count)d letters, %(most)d at the most.",
    "too_large": "The file has %(count)d kB, %(most)d at the most.",
    "outside_link": "A link leads outside the official outlets: %(words)s",
    "unprintable": "%(words)s",
}


def hard(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stand in the way."""
    return tuple(finding for finding in findings if finding.level == "hard")
