"""Evidence: what was kept can be read back, is always the same bytes, and tells when it was changed."""

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from app.models.errors import Unreadable
from feeds.outcomes import outcome_of
from feeds.pages.records import MOST, Record, is_intact, read_record, write_record

AT = datetime(2026, 11, 23, 1, 30, 15, tzinfo=UTC)
ANSWER = Record(
    url="https://bao.example.vn/cau-treo-post7.html?a=1",
    at=AT,
    status=200,
    headers=(("content-type", "text/html; charset=utf-8"), ("server", "nginx"), ("x-tên", "Báo")),
    body="<p>Cầu treo qua suối Rạt</p>\r\n\r\nhết".encode(),
)


def test_a_record_gives_back_what_was_kept() -> None:
    read = read_record(write_record(ANSWER))
    assert (read.url, read.at, read.status, read.body) == (ANSWER.url, AT, 200, ANSWER.body)
    assert read.headers == (*ANSWER.headers, ("Content-Length", str(len(ANSWER.body))))
    assert read.payload_digest == hashlib.sha256(ANSWER.body).hexdigest()


def test_the_same_answer_at_the_same_second_is_the_same_file() -> None:
    assert write_record(ANSWER) == write_record(replace(ANSWER, at=AT + timedelta(milliseconds=400)))
    assert write_record(ANSWER) != write_record(replace(ANSWER, at=AT + timedelta(seconds=1)))
    assert write_record(ANSWER) != write_record(replace(ANSWER, body=b"anders"))


def test_it_is_a_warc_record_as_the_standard_writes_it() -> None:
    with gzip.GzipFile(fileobj=BytesIO(write_record(ANSWER))) as file:
        head, _, rest = file.read().partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "WARC/1.1"
    said = dict(line.split(": ", 1) for line in lines[1:])
    assert said["WARC-Type"] == "response"
    assert said["WARC-Date"] == "2026-11-23T01:30:15Z"
    assert said["WARC-Target-URI"] == ANSWER.url
    assert said["Content-Type"] == "application/http;msgtype=response"
    assert said["WARC-Payload-Digest"] == f"sha256:{ANSWER.payload_digest}"
    assert said["WARC-Record-ID"].startswith("<urn:uuid:")
    assert len(rest) == int(said["Content-Length"]) + 4
    assert rest.startswith(b"HTTP/1.1 200 OK\r\n")
    assert rest.endswith(b"\r\n\r\n")


def test_cookies_are_not_kept_and_the_wires_headers_have_another_name() -> None:
    headers = (
        ("set-cookie", "phien=bi-mat"),
        ("Set-Cookie2", "x"),
        ("content-encoding", "gzip"),
        ("content-length", "9"),
    )
    read = read_record(write_record(replace(ANSWER, headers=headers)))
    assert read.headers == (
        ("X-Archive-Orig-content-encoding", "gzip"),
        ("X-Archive-Orig-content-length", "9"),
        ("Content-Length", str(len(ANSWER.body))),
    )


def test_a_header_cannot_write_another_line() -> None:
    read = read_record(write_record(replace(ANSWER, headers=(("x", "a\r\nSet-Cookie: b\r\n\r\n<html>"),))))
    assert read.body == ANSWER.body
    assert [name for name, _ in read.headers] == ["x", "Content-Length"]


def changed(kept: bytes, old: bytes, new: bytes) -> bytes:
    text = gzip.decompress(kept)
    assert old in text
    return gzip.compress(text.replace(old, new), mtime=0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"WARC/1.1", b"WARC/0.9"),
        ("suối Rạt".encode(), "suối Rác".encode()),
        (b"sha256:", b"sha255:"),
        (b"nginx", b"ngimx"),
        (b"Content-Length", b"Content-Lenght"),
        (b"WARC-Date: 2026", b"WARC-Date: MMXX"),
    ],
)
def test_a_record_that_was_changed_is_told(old: bytes, new: bytes) -> None:
    kept = write_record(ANSWER)
    assert is_intact(kept, hashlib.sha256(kept).hexdigest())
    other = changed(kept, old, new)
    assert not is_intact(other, hashlib.sha256(other).hexdigest())


@pytest.mark.parametrize(
    "data", [b"", b"no gzip", gzip.compress(b""), write_record(ANSWER)[:-9], write_record(ANSWER) + b"x"]
)
def test_what_is_no_record_is_named(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_record(data)
    assert outcome_of(caught.value) == "record"


def test_a_file_under_a_wrong_name_is_not_intact() -> None:
    assert not is_intact(write_record(ANSWER), "0" * 64)


def test_a_bomb_in_the_place_of_a_record_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * (MOST + 10), compresslevel=9)
    with pytest.raises(Unreadable):
        read_record(bomb)
