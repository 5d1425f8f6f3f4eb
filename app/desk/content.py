"""An article as a reader sees it: the frozen values that are checked, approved and printed."""

from dataclasses import dataclass

# The fields of an article that hold words, in the order a reader meets them.
FIELDS = (
    "section",
    "kicker",
    "headline",
    "standfirst",
    "byline",
    "credit",
    "quote",
    "quote_by",
    "aloud",
    "zalo",
    "facebook",
)
PARAGRAPH_FIELDS = ("kind", "text", "place", "removed")
PARAGRAPH_KINDS = ("text", "subhead", "step")
FIGURE_FIELDS = ("asset", "width", "height", "caption", "alt", "credit", "focus_x", "focus_y", "place", "removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; `key` is its own part of the article's key."""

    key: str
    kind: str = "text"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One picture; size in pixels, focus in percent from the left and the top."""

    key: str
    asset: str
    width: int
    height: int
    caption: str = ""
    alt: str = ""
    credit: str = ""
    focus_x: int = 50
    focus_y: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """The story an article was built on; `published_at` is ISO text in UTC, or None when the outlet gave no date."""

    story_id: str
    outlet: str
    title: str
    url: str
    published_at: str | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContent:
    """Everything of an article that a reader can see, in one language."""

    id: str
    lang: str = "vi"
    section: str = ""
    kicker: str = ""
    headline: str = ""
    standfirst: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    figures: tuple[Figure, ...] = ()
    byline: str = ""
    credit: str = ""
    quote: str = ""
    quote_by: str = ""
    aloud: str = ""
    sources: tuple[SourceRef, ...] = ()
    zalo: str = ""
    facebook: str = ""

    @property
    def words(self) -> str:
        """All words that can leave the house, one field or paragraph a line."""
        fields = (getattr(self, name) for name in FIELDS)
        figures = (part for f in self.figures for part in (f.caption, f.alt, f.credit))
        return "\n".join(text for text in (*fields, *(p.text for p in self.paragraphs), *figures) if text)
