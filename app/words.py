"""The words of the interface: English msgids worded from the .po files of every room, read once into memory."""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from app.desk.findings import SENTENCES, Finding
from app.desk.sentences import NAMES
from app.models.errors import BantinError
from app.paths import TRANSLATIONS

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def gettext(msgid: str, /, lang: str = "vi", **values: object) -> str:
    """The sentence of `msgid` in `lang` with `values` filled in; the msgid itself where no text is known."""
    words: str = translations(lang).ugettext(msgid)
    return words % values if values else words


def ngettext(singular: str, plural: str, num: int, /, lang: str = "vi", **values: object) -> str:
    """As gettext, for a counted thing; `num` is also a value."""
    words: str = translations(lang).ungettext(singular, plural, num)
    return words.replace("%(num)d", "%(num)s") % {"num": grouped(num, lang), **values}


def grouped(num: int, lang: str = "vi") -> str:
    """A count as people write it: 3.604 in Vietnamese, 3,604 in English. Not for years and numbers of issues."""
    return format_decimal(num, locale=lang if lang in LANGUAGES else "en")


def say(error: BantinError, lang: str = "vi") -> str:
    """The sentence of an error, for the person who reads `lang`."""
    return gettext(error.msgid, lang, **name_values(error.values, lang))


def say_finding(finding: Finding, lang: str = "vi") -> str:
    """The sentence of a finding; one whose values carry a `msgid` is an error that was kept, and is said as that."""
    values = {"words": finding.words, "where": finding.where, **finding.values}
    sentence = str(values.pop("msgid", "")) or SENTENCES.get(finding.kind, "%(words)s")
    return gettext(sentence, lang, **name_values(values, lang))


def name_of(key: str, word: str, lang: str = "vi") -> str:
    """What people call a machine word, `submitted` as a "stage" or `article.headline` as a "field"; else the word."""
    names = NAMES.get(key, {})
    msgid = names.get(word) or names.get(word.rpartition(".")[2])
    return gettext(msgid, lang) if msgid else word


def name_values(values: Mapping[str, object], lang: str = "vi") -> dict[str, object]:
    """The values of a sentence with machine words, alone or several with commas between, as people call them."""
    return {
        key: ", ".join(name_of(key, word, lang) for word in value.split(", ")) if isinstance(value, str) else value
        for key, value in values.items()
    }


@lru_cache(maxsize=8)
def translations(lang: str) -> NullTranslations:
    """All rooms' texts in one language; English needs none, for the msgids are English."""
    files = sorted((TRANSLATIONS / lang).glob("*.po")) if lang in LANGUAGES else []
    if not files:
        return NullTranslations()
    whole = Catalog(locale=lang, charset="utf-8")
    for path in files:
        with path.open("rb") as stream:
            for message in read_po(stream, locale=lang):
                if message.id and message.string:
                    whole.add(message.id, message.string, context=message.context)
    binary = BytesIO()
    write_mo(binary, whole)
    binary.seek(0)
    return Translations(binary)
