"""Canonical JSON and its hash: two people who look at the same content hold the same 64 letters."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import Any


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces (the idea of RFC 8785; our values hold no floats)."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal letters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def short(hash_: str) -> str:
    """The form people compare by eye: 51BD-E07A."""
    return f"{hash_[:4]}-{hash_[4:8]}".upper()
