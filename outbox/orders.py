"""What a press child is given at birth. Apart from both sides, so that the parent need not import WeasyPrint."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Style sheets, every byte the child may read (by asset name), and its limits."""

    sheets: tuple[str, ...]
    assets: Mapping[str, bytes]
    cpu_seconds: int
    megabytes: int
    scratch: str
    """The folder for the child's temporary files: the parent removes it, however the child ends."""
    made_at: int
    """Seconds since 1970: the time written into the PDF."""
