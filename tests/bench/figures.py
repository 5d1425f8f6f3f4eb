"""How a measurement is told: one line a figure, on the terminal."""

from typing import Protocol


class Told(Protocol):
    """Tells one figure; seconds unless another unit is named."""

    def __call__(self, what: str, figure: float, unit: str = "s") -> None: ...
