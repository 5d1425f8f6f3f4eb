"""Weaves the bulletin's brocade (thổ cẩm) from small character grids, as seamless SVG.

A grid is one quarter of a motif: columns run from the left axis to the right one (13 threads), rows from the edge to
the middle. Mirrored both ways the tile is 24 threads wide; one text line (17 pt) is 12 threads.
"""

from functools import cache

INKS = {"k": "#17130f", "r": "#a3201c", "y": "#e2a526", "w": "#fbf4e4", "i": "#23305e"}
BAND = """
rrrrrrrrrrrrr
kkkkkkkkkkkkk
ykwkykwkykwky
kkkkkkkkkkkkk
kkkkrrkwkrrkk
kkkrrkwkrrkkw
kkrrkwkrrkkwr
krrkwkrrkkwrr
kkkwkrrkkwrrk
wkkkrrkkwrrky
ywkkrkkwrrkyy
yywkkkwrrkyyr
"""
THIN = """
rrrrrrrrrrrrr
kkkkkkkkkkkkk
kkwkkkkkkkkky
kwkwkkykkkkyy
wkkkwkkkkkyyr
"""
DIAMOND = """
....r
...rr
..rrk
.rrkk
rrkky
"""
Cell = tuple[int, int]


@cache
def bands() -> dict[str, bytes]:
    """Asset name → SVG: the wide band and the thin one at two lengths, and the small diamond."""
    band, thin = _mirror(BAND.split()), _mirror(THIN.split())
    woven = {
        "band.svg": _weave(band, 10),  # 240 threads: the A5 measure
        "band-30.svg": _weave(band, 30),
        "thin.svg": _weave(thin, 30),
        "diamond.svg": _weave(_mirror(DIAMOND.split(), across=False), 1, ground=""),
    }
    return {name: text.encode() for name, text in woven.items()}


def _mirror(rows: list[str], *, across: bool = True) -> list[str]:
    """The whole tile of a quarter. Threads on an axis are never doubled."""
    wide = [row + row[-2:0:-1] for row in rows] if across else [row + row[-2::-1] for row in rows]
    return wide + wide[-2::-1]


def _weave(tile: list[str], repeats: int, ground: str = "k") -> str:
    """The SVG of a tile laid side by side; '.' stays transparent."""
    rows = [row * repeats for row in tile]
    width, height = len(rows[0]), len(rows)
    parts = [f'<rect width="{width}" height="{height}" fill="{INKS[ground]}"/>'] if ground else []
    for ink in sorted(INKS.keys() - {ground}, reverse=True):
        cells = {(x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell == ink}
        if cells:
            parts.append(f'<path fill="{INKS[ink]}" d="{_outline(cells)}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' preserveAspectRatio="none">{"".join(parts)}</svg>'
    )


def _outline(cells: set[Cell]) -> str:
    """One path round a set of cells: no inner seams, so no hairlines on paper."""
    edges = _edges(cells)
    path = []
    while edges:
        first = at = min(edges)
        ring = [at]
        while at in edges:
            after = edges[at].pop()
            if not edges[at]:
                del edges[at]
            ring.append(after)
            at = after
            if at == first:
                break
        path.append("M" + "L".join(f"{x} {y}" for x, y in _corners(ring[:-1])) + "z")
    return "".join(path)


def _edges(cells: set[Cell]) -> dict[Cell, list[Cell]]:
    """Start → ends of the unit steps between a cell and a bare neighbour, clockwise."""
    edges: dict[Cell, list[Cell]] = {}
    for x, y in sorted(cells):
        sides = (
            ((x, y), (x + 1, y), (x, y - 1)),
            ((x + 1, y), (x + 1, y + 1), (x + 1, y)),
            ((x + 1, y + 1), (x, y + 1), (x, y + 1)),
            ((x, y + 1), (x, y), (x - 1, y)),
        )
        for start, end, beyond in sides:
            if beyond not in cells:
                edges.setdefault(start, []).append(end)
    return edges


def _corners(ring: list[Cell]) -> list[Cell]:
    """The points of a closed line of unit steps at which it turns."""

    def turns(i: int) -> bool:
        before, here, after = ring[i - 1], ring[i], ring[(i + 1) % len(ring)]
        return not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])

    return [ring[i] for i in range(len(ring)) if turns(i)]
