"""Lets a measurement speak past pytest's silence."""

import pytest

from tests.bench.figures import Told


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Prints one figure."""

    def tell(what: str, figure: float, unit: str = "s") -> None:
        with capsys.disabled():
            print(f"\n  {figure:8.2f} {unit}  {what}", end="")  # noqa: T201  a measurement is read on the terminal

    return tell
