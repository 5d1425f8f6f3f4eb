"""What an office may set of an odd source: nothing that could lead the reader elsewhere or stop it."""

import pytest

from app.models.errors import Refused
from feeds.sources.settings import checked

HOSTS = ("baosaomai.example", "www.baosaomai.example")


def test_only_what_is_filled_in_is_kept() -> None:
    given = {"user_agent": " Mozilla/5.0 ", "identity": "title", "visit_first": "", "of_no_meaning": "x"}
    assert checked(given, hosts=HOSTS) == {"user_agent": "Mozilla/5.0", "identity": "title"}


def test_an_address_of_the_outlet_may_be_visited_first() -> None:
    address = "https://www.baosaomai.example/rss"
    assert checked({"visit_first": address}, hosts=HOSTS) == {"visit_first": address}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("visit_first", "https://baosaomai.example.tin24.example/rss"),
        ("visit_first", "http://127.0.0.1/"),
        ("visit_first", "file:///etc/passwd"),
        ("user_agent", "Trình đọc của Sở"),
        ("user_agent", "Mozilla\r\nX-Evil: 1"),
        ("identity", "mood"),
        ("letters", "ebcdic"),
        ("links", "(tin-"),
        ("links", "a" * 301),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(name: str, value: str) -> None:
    with pytest.raises(Refused):
        checked({name: value}, hosts=HOSTS)
