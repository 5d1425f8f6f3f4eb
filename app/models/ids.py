"""Keys: UUID version 7, made by the writer (RFC 9562, section 5.7), so that two offices never make the same one."""

import os
import uuid
from collections.abc import Callable
from datetime import datetime


def new_id(now: datetime, random: Callable[[int], bytes] = os.urandom) -> str:
    """A UUIDv7 as 36 characters: 48 bits of `now` in milliseconds, then 74 random bits."""
    milliseconds = int(now.timestamp() * 1000) & (2**48 - 1)
    bits = milliseconds << 80 | int.from_bytes(random(10), "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))
