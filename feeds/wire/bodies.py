"""The body of an answer: unpacked step by step, never more than the cap, and whether all of it came."""

import zlib
from collections.abc import Iterable, Iterator

import httpcore2

from feeds.outcomes import unreadable
from feeds.wire.network import time_left


def read_body(response: httpcore2.Response, encoding: str, cap: int) -> tuple[bytes, bool]:
    """The body, unpacked, at most `cap` bytes, and whether it is all; on a weak line half a feed is better than none.

    A server that sends plain bytes and calls them gzip is forgiven. Raises Unreadable: "too_large", "protocol".
    """
    unpacker = _unpacker(encoding, cap)
    body = bytearray()
    try:
        for chunk in unpacker.unpack(response.iter_stream()):
            body += chunk
            if len(body) > cap:
                raise unreadable("too_large")
            time_left()
    except (httpcore2.RemoteProtocolError, httpcore2.ReadError):
        if not body:
            raise
        return bytes(body), False
    return bytes(body), unpacker.is_whole


def read_start(response: httpcore2.Response, encoding: str, size: int) -> bytes:
    """The first bytes of an answer that is not wanted, to see who wrote it."""
    start = bytearray()
    for chunk in _unpacker(encoding, size).unpack(response.iter_stream()):
        start += chunk
        if len(start) >= size:
            break
    return bytes(start[:size])


class Unpacker:
    """Hands on plain bytes as they are."""

    is_whole = True

    def unpack(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks as they came."""
        yield from chunks


class Gunzip(Unpacker):
    """Gunzips, never more than `cap` bytes beyond what was handed on; several members after each other are one."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self.is_whole = False

    def unpack(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The unpacked bytes."""
        unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        started = False
        for chunk in chunks:
            if not started and chunk and not chunk.startswith(b"\x1f"):
                self.is_whole = True
                yield chunk
                yield from chunks
                return
            started = started or bool(chunk)
            while chunk:
                try:
                    yield unzip.decompress(chunk, self._cap + 1)
                except zlib.error:
                    raise unreadable("protocol") from None
                chunk = unzip.unused_data
                if chunk[:2] != b"\x1f\x8b":
                    break  # zeros that fill up a block, or nothing
                unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.is_whole = unzip.eof or not started


def _unpacker(encoding: str, cap: int) -> Unpacker:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return Unpacker()
    if name in ("gzip", "x-gzip"):
        return Gunzip(cap)
    raise unreadable("protocol")
