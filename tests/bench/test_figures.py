"""The table of promises keeps what a run did not measure."""

from dataclasses import replace
from pathlib import Path

from tests.bench.figures import Row, read_rows, write_rows

ROW = Row(
    name="S2",
    what="read again",
    target="≤ 0.15 × newsboat",
    figure="0.3 s, 0.1 ×",
    kept="yes",
    command="`./test tests/bench`",
    measured="23/11/2026, 2 cores",
)


def test_a_row_that_was_not_measured_stays_and_another_takes_its_new_figure(tmp_path: Path) -> None:
    table = tmp_path / "promises.md"
    write_rows([ROW, replace(ROW, name="S11"), replace(ROW, name="P1")], table)
    write_rows([replace(ROW, figure="0.2 s | 0.1 ×")], table)
    rows = read_rows(table)
    assert list(rows) == ["P1", "S2", "S11"]
    assert (rows["S2"].figure, rows["S11"].figure) == ("0.2 s / 0.1 ×", "0.3 s, 0.1 ×")
    write_rows([], table)
    assert read_rows(table) == rows
