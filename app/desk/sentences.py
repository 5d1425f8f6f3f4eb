"""What people call the machine's own words inside a sentence: stages, steps, fields, kinds of finding, designs, roles.

The core hands `submitted` or `no_credit` to an error or a finding; the edge looks the word up here and says its msgid.
"""

from collections.abc import Mapping

from app.models.article import Stage
from app.models.issue import IssueStage
from app.models.office import Mode
from app.models.parcel import ParcelState
from app.models.person import Role
from app.models.story import Triage

STAGES: Mapping[str, str] = {
    Stage.DRAFT: "being prepared",  # also said of an issue
    Stage.SUBMITTED: "waiting for approval",
    Stage.RETURNED: "returned for changes",
    Stage.APPROVED: "approved",
    Stage.PLACED: "placed in an issue",
    Stage.RELEASED: "released",
    Stage.WITHDRAWN: "withdrawn",
    IssueStage.SEALED: "sealed",
    IssueStage.SIGNED: "signed",
}
STEPS: Mapping[str, str] = {
    "submit": "submit for approval",
    "approve": "approve",
    "return": "return",
    "place": "place in an issue",
    "unplace": "take out of the issue",
    "release": "release",
    "withdraw": "withdraw",
    "restore": "bring back",
}
TRIAGE: Mapping[str, str] = {
    Triage.NEW: "not yet looked at",
    Triage.KEPT: "kept",
    Triage.LATER: "put off",
    Triage.DROPPED: "dropped",
}
PARCEL_STATES: Mapping[str, str] = {
    ParcelState.WAITING: "waits to be made",
    ParcelState.MADE: "ready to leave",
    ParcelState.UNKNOWN: "in doubt",
    ParcelState.WITHDRAWN: "withdrawn",
}
ROLES: Mapping[str, str] = {
    Role.CONTRIBUTOR: "contributor",
    Role.EDITOR: "editor",
    Role.APPROVER: "approver",
    Role.CLERK: "clerk",
    Role.FANPAGE: "fanpage manager",
    Role.ADMINISTRATOR: "administrator",
}
MODES: Mapping[str, str] = {Mode.REAL: "real desk", Mode.DEMO: "demo", Mode.TRAINING: "practice desk"}
DESIGNS: Mapping[str, str] = {"cover": "cover", "short": "short news", "feature": "feature", "last": "last page"}
NOUNS: Mapping[str, str] = {
    "article": "article",
    "paragraph": "paragraph",
    "figure": "picture",
    "issue": "issue of the bulletin",
    "slot": "place of an article",
}
FIELDS: Mapping[str, str] = {
    "section": "Section",
    "kicker": "Kicker",
    "headline": "Headline",
    "standfirst": "Standfirst",
    "byline": "Byline",
    "credit": "Source line",
    "quote": "Quotation",
    "quote_by": "Who said it",
    "aloud": "To be read aloud",
    "zalo": "Words for Zalo",
    "facebook": "Words for Facebook",
    "paragraphs": "Body",
    "text": "Paragraph",
    "figure": "Picture",
    "asset": "Picture",
    "caption": "Caption",
    "alt": "Picture in words",
    "kind": "Kind of paragraph",
    "place": "Order",
    "licence_number": "licence number",
    "licence_date": "licence date",
    "licensor": "licensor",
    "responsible": "person responsible",
    "periodicity": "periodicity",
    "print_run": "print run",
    "printer": "printer",
    "address": "address",
    "phone": "telephone",
    "email": "e-mail",
    "parent": "parent body",
}
# One short name for each kind of app/desk/findings.py, for a list of several.
FINDINGS: Mapping[str, str] = {
    "empty": "empty field",
    "no_text": "no text",
    "no_section": "no section",
    "no_credit": "source not named",
    "no_source": "no source",
    "not_nfc": "letters typed in parts",
    "secrecy": "secrecy mark",
    "document_secrecy": "document number with a secrecy mark",
    "phone": "private telephone number",
    "id_number": "identity or account number",
    "email": "private e-mail address",
    "long_headline": "long headline",
    "long_standfirst": "long standfirst",
    "picture_no_alt": "picture without description",
    "picture_no_credit": "picture without credit",
    "picture_no_caption": "picture without caption",
    "picture_consent": "picture without consent",
    "picture_small": "small picture",
    "word": "form of address",
    "clash": "two texts in one field",
    "not_approved": "article not approved",
    "no_cover": "no article on the cover",
    "few_articles": "too few articles",
    "page_count": "number of pages",
    "over": "text longer than its page",
    "hole": "empty part of a page",
    "left_out": "part left out",
    "imprint": "gap in the imprint",
    "office_fact": "gap in the office's facts",
    "font": "font not embedded",
    "glyph": "letter without a shape",
    "text": "printed text differs",
    "trim": "page size",
    "too_long": "post too long",
    "too_large": "file too large",
    "outside_link": "link to elsewhere",
    "unprintable": "cannot be printed",
}
# What can leave the house, as outbox/kinds.py names it.
EDITIONS: Mapping[str, str] = {
    "booklet": "booklet",
    "web": "web page",
    "zalo": "Zalo post",
    "facebook": "Facebook post",
}
# What the layout leaves out when a text does not fit.
PARTS: Mapping[str, str] = {"pictures": "a picture", "quote": "the quotation", "slip": "the reader's slip"}
# Under each name of a value: the words it may hold. A run without a section or headline is called by its design.
NAMES: Mapping[str, Mapping[str, str]] = {
    "stage": STAGES,
    "step": STEPS,
    "triage": TRIAGE,
    "state": PARCEL_STATES,
    "role": ROLES,
    "mode": MODES,
    "design": DESIGNS,
    "section": DESIGNS,
    "headline": DESIGNS,
    "noun": NOUNS,
    "field": FIELDS,
    "fields": FIELDS,
    "where": FIELDS,
    "words": PARTS,
    "kinds": {**FINDINGS, **EDITIONS},
}
