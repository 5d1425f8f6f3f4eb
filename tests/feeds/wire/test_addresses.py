"""Which addresses may be read, against the table of attacks and with its control."""

import ipaddress
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Unreadable
from feeds.wire.addresses import check_url, follow, is_public, plain_host

OUTLETS = {"nhandan.vn", "www.vietnamplus.vn", "xn--bo-mia.vn"}


def refused(url: str, **how: object) -> bool:
    try:
        check_url(url, **how)  # type: ignore[arg-type]
    except Unreadable:
        return True
    return False


def test_every_attack_of_the_table_is_refused_before_a_socket_opens(material: Path) -> None:
    attacks = json.loads((material / "hostile/ssrf/refuse.json").read_text("utf-8"))
    assert [url for url in attacks if not refused(url, hosts=OUTLETS)] == []


def test_without_a_list_of_hosts_only_names_that_need_a_look_up_pass(material: Path) -> None:
    attacks = json.loads((material / "hostile/ssrf/refuse.json").read_text("utf-8"))
    passed = {check_url(url).host for url in attacks if not refused(url)}
    assert passed <= {"169.254.169.254.nip.io", "metadata.tencentyun.com", "307.r3dir.me", "metadata.packet.net"}


def test_honest_addresses_pass(material: Path) -> None:
    """The control: a checker that refuses everything would pass the tests above."""
    honest = json.loads((material / "hostile/ssrf/allow.json").read_text("utf-8"))
    assert [url for url in honest if refused(url)] == []


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("NHANDAN.vn", "nhandan.vn"),
        ("nhandan.vn.", "nhandan.vn"),
        ("báo.vn", "xn--bo-mia.vn"),
        ("ｎhandan。vn", "nhandan.vn"),
        ("8.8.8.8", "8.8.8.8"),
        ("2001:4860:4860:0:0:0:0:8888", "2001:4860:4860::8888"),
    ],
)
def test_a_host_has_one_spelling(written: str, plain: str) -> None:
    assert plain_host(written) == plain


@pytest.mark.parametrize("written", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "a b", "-x.vn", "nhandan..vn", ""])
def test_a_host_in_disguise_is_none(written: str) -> None:
    with pytest.raises(Unreadable):
        plain_host(written)


def test_a_lookalike_is_another_host() -> None:
    assert refused("https://nhаndan.vn/", hosts=OUTLETS)  # the first a is Cyrillic
    assert refused("https://nhandan.vn.evil.example/", hosts=OUTLETS)
    assert refused("https://evil.example/nhandan.vn", hosts=OUTLETS)
    assert not refused("https://nhandan.vn/evil.example", hosts=OUTLETS)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "100.64.0.1", "169.254.1.1", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1",
     "0.0.0.0", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::7f00:1",
     "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "fec0::1", "3fff::1", "5f00::1",
     "100::1", "100:0:0:1::1", "::ffff:0:7f00:1", "2001:1::1", "2001:20::1", "1::1", "4000::1", "e000::1", "239.1.2.3",
     "2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:a00:1", "192.88.99.1", "192.0.0.9", "240.0.0.1"],
)  # fmt: skip
def test_no_tunnel_and_no_private_network_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_redirect_keeps_to_the_list_and_to_https() -> None:
    start = check_url("https://nhandan.vn/rss", hosts=OUTLETS)
    assert follow(start, "/rss/home.rss", hosts=OUTLETS).url == "https://nhandan.vn/rss/home.rss"
    assert follow(start, "https://www.vietnamplus.vn/", hosts=OUTLETS).host == "www.vietnamplus.vn"
    for location in (
        "http://nhandan.vn/rss",
        "https://evil.example/",
        "//evil.example/",
        "https://nhandan.vn\\@x/",
        "a\nb",
    ):
        with pytest.raises(Unreadable):
            follow(start, location, hosts=OUTLETS)


def test_private_networks_pass_only_when_the_office_allows_them() -> None:
    assert refused("http://127.0.0.1:8080/rss")
    assert check_url("http://127.0.0.1:8080/rss", private=True).url == "http://127.0.0.1:8080/rss"


def test_what_is_asked_for_is_plain_ascii() -> None:
    assert check_url("https://nhandan.vn/bản tin".replace(" ", "%20")).url == "https://nhandan.vn/b%E1%BA%A3n%20tin"
    assert check_url("https://nhandan.vn").url == "https://nhandan.vn/"


@given(st.text(max_size=60))
def test_no_text_makes_it_fall_over(text: str) -> None:
    refused(text)
    refused("http://" + text)
