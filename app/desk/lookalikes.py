"""Whose host an address names: an outlet's, nobody's on the list, or one made to be taken for an outlet's.

Only the exact host counts. What is said of the others is meant for people: innocent hosts must not be accused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.desk.accounts import account_of, holds, network_of
from app.desk.confusables import doubled_or_swapped, skeleton, slips
from app.desk.folding import fold
from app.desk.spelling import Spelled, is_host, read_label, shown, take_apart

Kind = Literal["official", "unknown", "lookalike"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An outlet of the catalogue: `hosts` in ACE, `accounts` as host and first path part."""

    id: str
    name: str
    hosts: frozenset[str]
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`outlet` and `name` are those of the official outlet; `warning` and `note` are msgids worded with `values`."""

    kind: Kind
    host: str = ""
    outlet: str | None = None
    name: str = ""
    warning: str = ""
    note: str = ""

    @property
    def values(self) -> dict[str, str]:
        return {"host": self.host, "outlet": self.name}


# The sentences of a verdict; `host` and `outlet` are filled in where they are worded.
SENTENCES = {
    "fake": "%(host)s is not %(outlet)s: the address only looks like it. Nothing from there may be taken for its news.",
    "hidden": "The address is spelled so that it can be misread. It leads to %(host)s, not to %(outlet)s.",
    "misread": "The address is spelled so that it can be misread. Type the address of %(outlet)s yourself: %(host)s.",
    "no_address": "This is not the address of a web page.",
    "port": "%(host)s is asked at an unusual port. The pages of %(outlet)s are not there.",
    "account": "This account is not on the list of %(outlet)s. Anybody can take such a name on a social network.",
    "sister": "%(host)s belongs to the same name as %(outlet)s but is not on the list, so it wears no badge.",
}
_IP = re.compile(r"\[.*\]|[\d.]+")
# Endings under which anybody registers the next label (from the Public Suffix List, those seen with Vietnamese sites).
_SECOND = "com net org gov edu info name pro health ac biz int mil id io ai co or ne go"
STATE = "gov.vn"  # only bodies of the State are given names under it

# What people put before and after a name to make it look like another door of the same house.
_WORDS = """
    24h 365d 4k app bao bantin blog chinhthong chinhthuc clip com daily dai daitruyenhinh dientu doc en fanpage fm
    giaitri group hd home hot hotline http https info kenh live login m media mobi mobile moi moinhat net new news
    newspaper nhanh nong official online org page phim plus portal post pro radio real rss secure site store sukien
    tap tapchi thethao thoisu tin tinmoi tinnhanh tinnong tintuc tivi today top trang tv truyenhinh truyenthong
    verify viet vietnam vip vn vnn web website wiki www xahoi xem
"""
_ADDED = frozenset(_WORDS.split())
# Real sites, of the same houses or honest namesakes, that the rules below would accuse.
_INNOCENT = (
    *("nhandao.vn", "chinhphuc.vn", "chinhphu.gov.vn", "vovtv.vn", "vovlive.vn"),
    *("baovinhphuc.vn", "baovinhphuc.com.vn"),
)

LONG, MIDDLE, SHORT = 9, 5, 4  # lengths of names: so many slips are forgiven, or may only be stuttered
DISTINCT = 9  # a name this long is nobody else's, wherever in a label it stands


def judge(url: str, known: Sequence[Known]) -> Verdict:
    """The verdict on an address or a bare host name, as people paste them. No question to any network is asked."""
    spelled = take_apart(url)
    if not spelled.web or not is_host(spelled.host):
        return Verdict(kind="unknown", host=spelled.host, warning=SENTENCES["no_address"])
    if network_of(spelled.host) and not spelled.odd:
        return _judge_account(spelled, known)
    owner = next((outlet for outlet in known if spelled.host in outlet.hosts), None)
    if owner and not spelled.odd:
        if spelled.port in ("", "80", "443") or _IP.fullmatch(spelled.host):
            return Verdict(kind="official", host=spelled.host, outlet=owner.id, name=owner.name)
        return Verdict(kind="unknown", host=spelled.host, name=owner.name, warning=SENTENCES["port"])
    if owner:
        return Verdict(kind="lookalike", host=spelled.host, name=owner.name, warning=SENTENCES["misread"])
    meant = spelled.odd and (_named_in(spelled.user or spelled.path, known) or _imitated(spelled.host, known))
    if meant:
        return Verdict(kind="lookalike", host=shown(spelled.host), name=meant.name, warning=SENTENCES["hidden"])
    return judge_host(spelled.host, known)


def judge_host(host: str, known: Sequence[Known]) -> Verdict:
    """The verdict on a host in its one spelling (ACE, lower case) that may or may not be an outlet's."""
    owner = next((outlet for outlet in known if host in outlet.hosts), None)
    if owner:
        return Verdict(kind="official", host=host, outlet=owner.id, name=owner.name)
    sister = next((o for o in known if any(_registered(host) == _registered(own) for own in o.hosts)), None)
    if sister:
        return Verdict(kind="unknown", host=host, name=sister.name, note=SENTENCES["sister"])
    meant = _imitated(host, known)
    if meant:
        return Verdict(kind="lookalike", host=shown(host), name=meant.name, warning=SENTENCES["fake"])
    return Verdict(kind="unknown", host=host)


def _judge_account(spelled: Spelled, known: Sequence[Known]) -> Verdict:
    """On a social network only the exact account is an outlet's; its name alone proves nothing."""
    account = account_of(spelled.host, spelled.path)
    owner = next((outlet for outlet in known if holds(outlet.accounts, account)), None)
    if owner:
        return Verdict(kind="official", host=account, outlet=owner.id, name=owner.name)
    name = re.sub(r"[^a-z0-9-]", "", fold(account.rpartition("/")[2]).replace(" ", ""))
    meant = _imitated(f"{name}.x", known) if name else None
    return Verdict(
        kind="unknown",
        host=account or spelled.host,
        name=meant.name if meant else "",
        warning=SENTENCES["account"] if meant else "",
    )


@lru_cache(maxsize=512)
def _registered(host: str) -> str:
    """The part somebody registered: nhandan.vn of www.nhandan.vn, baodongnai.com.vn of m.baodongnai.com.vn."""
    labels = host.split(".")
    return ".".join(labels[-_suffix(labels) - 1 :])


def _suffix(labels: Sequence[str]) -> int:
    """How many labels at the end were not chosen by whoever registered the name."""
    return 2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND.split() else 1


def _named_in(words: str, known: Sequence[Known]) -> Known | None:
    """The outlet that is named where a browser reads a user name or a path: https://nhandan.vn@tin24.com."""
    text = words.lower()
    named = next((o for o in known if any(own in text for own in o.hosts)), None)
    return named or (_imitated(f"{text}.x", known) if text else None)


def _imitated(host: str, known: Iterable[Known]) -> Known | None:
    if _registered(host) in _INNOCENT or _IP.fullmatch(host):
        return None
    labels = [read_label(label) for label in host.split(".")]
    return next((outlet for outlet in known if any(_imitates(labels, own) for own in outlet.hosts)), None) or next(
        (outlet for outlet in known if _bears_full_name(labels, outlet.name)), None
    )


def _imitates(labels: Sequence[str], own: str) -> bool:
    registered = _registered(own).split(".")
    name = registered[0]
    cut = _suffix(labels)
    chosen, suffix = labels[:-cut], labels[-cut:]
    if not chosen:
        return False
    if _contains(labels, own.split(".")) or _contains(labels, registered):
        return True
    if ".".join(suffix) == STATE:
        return _same(chosen[-1], name)
    joined, whole = "".join(chosen).replace("-", ""), "".join(own.split(".")[: -_suffix(own.split("."))])
    return (
        _same(joined, name)
        or (len(whole) > len(name) and _same(joined, whole))
        or _borrows(chosen[-1], name, near=suffix[-1] == "vn" or len(suffix[-1]) > 2)
        or any(_names(label, name) or _with_words(label.replace("-", ""), name) for label in chosen[:-1])
    )


def _contains(labels: Sequence[str], own: Sequence[str]) -> bool:
    """nhandan.vn.tin24.com, nhandan.vn-tin24.com, nhandan-vn.com: the outlet's host inside another."""
    parts = [skeleton(part) for label in labels for part in label.split("-")]
    wanted = [skeleton(part) for label in own for part in label.split("-")]
    size = len(wanted)
    return any(parts[n : n + size] == wanted for n in range(len(parts) - size + 1))


def _borrows(label: str, name: str, *, near: bool) -> bool:
    """A registered name that is the outlet's with words added, letters slipped, or looks like it.

    Slips count only under .vn and the endings of the whole world: handan.cn is a city.
    """
    bare = label.replace("-", "")
    tokens = [token for token in re.split(r"[\W_]+", label) if token not in _ADDED]
    return (
        _names(label, name)
        or _same(bare, name)
        or (near and (_slipped(bare, name) or (len(tokens) == 1 and _slipped(tokens[0], name))))
        or _with_words(bare, name)
        or _with_words(fold(bare).replace(" ", ""), name)
        or (len(name) >= DISTINCT and skeleton(name) in skeleton(bare))
    )


def _names(label: str, name: str) -> bool:
    """Whether the name itself stands in a label as a word: vtv-news, tin-vov, nhandan."""
    return any(_same(token, name) for token in re.split(r"[\W_]+", label))


def _same(label: str, name: str) -> bool:
    return label == name or skeleton(label) == skeleton(name)


def _slipped(label: str, name: str) -> bool:
    if len(name) <= SHORT:
        return doubled_or_swapped(label, name)
    most = 2 if len(name) >= LONG else 1
    return min(len(label), len(name)) >= MIDDLE and slips(skeleton(label), skeleton(name), most=most) <= most


def _with_words(label: str, name: str) -> bool:
    """baonhandan, vtvnews, tinvovonline: the name, and nothing besides it but words that anybody adds."""
    if len(label) <= len(name):
        return False
    spots = (n for n in range(len(label) - len(name) + 1) if _same(label[n : n + len(name)], name))
    return any(_is_added(label[:n]) and _is_added(label[n + len(name) :]) for n in spots)


def _is_added(text: str) -> bool:
    if not text or text in _ADDED or text.isdigit():
        return True
    heads = (n for n in range(1, len(text)) if text[:n] in _ADDED or text[:n].isdigit())
    return any(_is_added(text[n:]) for n in heads)


def _bears_full_name(labels: Sequence[str], name: str) -> bool:
    """baoquandoinhandan.com: the outlet's name in full, where its own host is an acronym."""
    if ".".join(labels[-2:]) == STATE:
        return False
    squashed = [fold(part).replace(" ", "") for part in name.split(" - ")]
    wanted = [skeleton(part.removeprefix("bao")) for part in squashed]
    chosen = [skeleton(label.replace("-", "")) for label in labels[: -_suffix(labels)]]
    return any(len(full) >= DISTINCT and full in label for full in wanted for label in chosen)
