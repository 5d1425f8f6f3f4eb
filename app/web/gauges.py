"""How an article fits each place it goes to, as bars with figures."""

import re
from math import ceil
from typing import Any

from app.desk.content import ArticleContent
from app.desk.preflight import HEADLINE_LETTERS, STANDFIRST_LETTERS
from app.desk.wording import number
from app.web.phrases import tr, trn

LINE_LETTERS = 50  # of one printed line of the body, on the average
PAGE_LINES = 33  # of one feature page with its headline and a picture
ZALO_LETTERS = 2000
FOLD_LETTERS = 125  # what a phone shows of a post before “see more”
SYLLABLES_A_MINUTE = 190
LONG_SENTENCE = 30


def gauges(content: ArticleContent) -> list[dict[str, Any]]:
    """Printed lines, headline, standfirst, Zalo, Facebook's first line, loudspeaker, sentences."""
    return [_lines(content), *_heads(content), _zalo(content), _facebook(content), _aloud(content), _sentences(content)]


def words(text: str) -> int:
    """Vietnamese is written syllable by syllable: what stands between spaces."""
    return len(text.split())


def _lines(content: ArticleContent) -> dict[str, Any]:
    lines = sum(ceil(len(p.text) / LINE_LETTERS) for p in content.paragraphs if p.text)
    pages = max(ceil(lines / PAGE_LINES), 1)
    return {
        "label": tr("On the printed page"),
        "value": tr("about %(count)d lines", count=lines),
        "share": lines / (pages * PAGE_LINES),
        "mark": 0,
        "tone": "bar",
        "hint": trn(
            "Fits about %(num)d page; the issue measures it exactly",
            "Fits about %(num)d pages; the issue measures it exactly",
            pages,
        ),
    }


def _heads(content: ArticleContent) -> list[dict[str, Any]]:
    rows = (
        (tr("Headline"), len(content.headline), HEADLINE_LETTERS),
        (tr("Standfirst"), len(content.standfirst), STANDFIRST_LETTERS),
    )
    return [
        {
            "label": label,
            "value": tr("%(count)d / %(most)d letters", count=count, most=most),
            "share": count / most / 1.2,
            "mark": 1 / 1.2,
            "tone": "bar-warn" if count > most else "bar",
            "hint": tr("%(count)d letters over", count=count - most)
            if count > most
            else tr("%(count)d letters left", count=most - count),
        }
        for label, count, most in rows
    ]


def _zalo(content: ArticleContent) -> dict[str, Any]:
    count = len(content.zalo)
    return {
        "label": "Zalo",
        "value": tr("%(count)s letters", count=number(count)),
        "share": count / ZALO_LETTERS,
        "mark": 0,
        "tone": "bar-bad" if count > ZALO_LETTERS else "bar",
        "hint": tr("%(most)s at the most", most=number(ZALO_LETTERS)) if count else tr("No words of its own yet"),
    }


def _facebook(content: ArticleContent) -> dict[str, Any]:
    first = len(content.facebook.split("\n", 1)[0])
    return {
        "label": tr("Facebook, first line"),
        "value": tr("%(count)s letters", count=number(first)),
        "share": first / FOLD_LETTERS / 1.2,
        "mark": 1 / 1.2,
        "tone": "bar-warn" if first > FOLD_LETTERS else "bar",
        "hint": tr("A phone folds after about %(count)d letters", count=FOLD_LETTERS),
    }


def _aloud(content: ArticleContent) -> dict[str, Any]:
    spoken = content.aloud or " ".join([content.headline, content.standfirst, *(p.text for p in content.paragraphs)])
    seconds = round(words(spoken) / SYLLABLES_A_MINUTE * 60)
    return {
        "label": tr("Commune loudspeaker"),
        "value": tr("%(minutes)d min %(seconds)02d s", minutes=seconds // 60, seconds=seconds % 60),
        "share": seconds / 150,
        "mark": 120 / 150,
        "tone": "bar-warn" if seconds > 120 else "bar",
        "hint": tr("Better under 2 minutes"),
    }


def _sentences(content: ArticleContent) -> dict[str, Any]:
    body = " ".join([content.standfirst, *(p.text for p in content.paragraphs)])
    longest = max((words(part) for part in re.split(r"[.!?…:;]+\s", body)), default=0)
    return {
        "label": tr("Longest sentence"),
        "value": trn("%(num)d word", "%(num)d words", longest),
        "share": longest / LONG_SENTENCE / 1.4,
        "mark": 1 / 1.4,
        "tone": "bar-warn" if longest > LONG_SENTENCE else "bar",
        "hint": tr("Under %(count)d words read easily", count=LONG_SENTENCE),
    }
