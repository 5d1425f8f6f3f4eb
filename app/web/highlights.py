"""Marks words inside a text that goes into a page: everything else is escaped."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape


def highlight(text: str, words: Sequence[str]) -> Markup:
    """The text with each of these words in <mark>, whole words only, capital letters or not."""
    if not words:
        return escape(text)
    choice = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({choice})(?!\w)", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if index % 2 else escape(part) for index, part in enumerate(parts)
    )
