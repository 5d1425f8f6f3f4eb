"""Evidence of one answer: a gzipped WARC 1.1 record (ISO 28500) that any archive's tools can read, years from now."""

import gzip
import hashlib
import re
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from app.models.errors import Unreadable
from feeds.outcomes import unreadable

MEDIA_TYPE = "application/warc"
MOST = 80_000_000  # bytes of one record once unpacked: far above fetch_max_bytes, far below what would hurt

Headers = Sequence[tuple[str, str]]

_COOKIES = {"set-cookie", "set-cookie2"}  # given to us alone; no part of what the outlet published
# The body is kept unpacked, so these say nothing true of it any more; archives keep them under another name.
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}
_BREAKS = re.compile(r"[\r\n\0]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One answer as it was kept: `body` is unpacked, `headers` are the server's own without its cookies."""

    url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def payload_digest(self) -> str:
        """SHA-256 of the body, in hex."""
        return hashlib.sha256(self.body).hexdigest()


def write_record(record: Record) -> bytes:
    """The gzipped record. The same answer at the same second gives the same bytes, and so the same name."""
    block = _http(record)
    at = record.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{record.url} {at} {hashlib.sha256(block).hexdigest()}")
    head = (
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{identity}>"),
        ("WARC-Date", at),
        ("WARC-Target-URI", _BREAKS.sub("", record.url)),
        ("WARC-Payload-Digest", f"sha256:{record.payload_digest}"),
        ("WARC-Block-Digest", f"sha256:{hashlib.sha256(block).hexdigest()}"),
        ("Content-Type", "application/http;msgtype=response"),
        ("Content-Length", str(len(block))),
    )
    return gzip.compress(b"WARC/1.1\r\n" + _lines(head) + b"\r\n" + block + b"\r\n\r\n", mtime=0)


def read_record(data: bytes) -> Record:
    """The answer back from its record. Raises Unreadable ("record") when the file or a digest in it is not right."""
    text = _unpack(data)
    head, _, rest = text.partition(b"\r\n\r\n")
    version, _, lines = head.partition(b"\r\n")
    said = dict(_pairs(lines))
    length = said.get("Content-Length", "")
    if version != b"WARC/1.1" or not length.isdecimal() or rest[int(length) :] != b"\r\n\r\n":
        raise unreadable("record")
    block = rest[: int(length)]
    top, _, body = block.partition(b"\r\n\r\n")
    status_line, _, headers = top.partition(b"\r\n")
    try:
        record = Record(
            url=said["WARC-Target-URI"],
            at=datetime.strptime(said["WARC-Date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
            status=int(status_line.split(b" ")[1]),
            headers=tuple(_pairs(headers)),
            body=body,
        )
    except (KeyError, ValueError, IndexError):
        raise unreadable("record") from None
    digests = (f"sha256:{hashlib.sha256(block).hexdigest()}", f"sha256:{record.payload_digest}")
    if (said.get("WARC-Block-Digest"), said.get("WARC-Payload-Digest")) != digests:
        raise unreadable("record")
    return record


def is_intact(data: bytes, name: str) -> bool:
    """Whether the file is still the one kept under this SHA-256, and says of its payload what is true of it."""
    try:
        read_record(data)
    except Unreadable:
        return False
    return hashlib.sha256(data).hexdigest() == name


def _http(record: Record) -> bytes:
    kept = [(n if n.lower() not in _OF_THE_WIRE else f"X-Archive-Orig-{n}", v) for n, v in record.headers]
    kept = [(name, value) for name, value in kept if name.lower() not in _COOKIES]
    status = f"HTTP/1.1 {record.status} {_phrase(record.status)}".rstrip()
    length = ("Content-Length", str(len(record.body)))
    return status.encode() + b"\r\n" + _lines([*kept, length]) + b"\r\n" + record.body


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""


def _lines(headers: Headers) -> bytes:
    return b"".join(f"{_BREAKS.sub(' ', n)}: {_BREAKS.sub(' ', v)}\r\n".encode("utf-8", "replace") for n, v in headers)


def _pairs(lines: bytes) -> list[tuple[str, str]]:
    split = (line.partition(": ") for line in lines.decode("utf-8", "replace").split("\r\n") if line)
    return [(name, value) for name, _, value in split]


def _unpack(data: bytes) -> bytes:
    """At most MOST bytes: also a file of ours may have been replaced by a bomb."""
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = unzip.decompress(data, MOST)
    except zlib.error:
        raise unreadable("record") from None
    if not unzip.eof or unzip.unused_data:
        raise unreadable("record")
    return text
