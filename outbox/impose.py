"""Imposition: booklet pages laid two on a sheet side, so that the folded and stapled sheets read in order."""

import io

import pikepdf

MM = 72 / 25.4
_SHEET = (297 * MM, 210 * MM)
_PAGE_WIDTH = 148 * MM


def saddle_order(count: int) -> list[tuple[int, int]]:
    """Left and right page of every sheet side, front then back, outermost first; `count`: a multiple of four."""
    sheets = range(count // 4)
    return [pair for s in sheets for pair in ((count - 2 * s, 1 + 2 * s), (2 + 2 * s, count - 1 - 2 * s))]


def saddle(pdf: bytes) -> bytes:
    """A5 pages on A4 sheets for printing on both sides, flipped on the short edge. Blank pages fill up to four."""
    with pikepdf.open(io.BytesIO(pdf)) as booklet, pikepdf.new() as sheets:
        forms = [sheets.copy_foreign(page.as_form_xobject()) for page in booklet.pages]
        for pair in saddle_order(-(-len(forms) // 4) * 4):
            sheets.pages.append(_side(sheets, forms, pair))
        if "/Title" in booklet.docinfo:
            sheets.docinfo["/Title"] = pikepdf.String(str(booklet.docinfo["/Title"]))
        target = io.BytesIO()
        sheets.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue()


def _side(sheets: pikepdf.Pdf, forms: list[pikepdf.Object], pair: tuple[int, int]) -> pikepdf.Page:
    """One side of a sheet. The pages meet at the fold; half a millimetre stays free at each outer edge."""
    names, content = pikepdf.Dictionary(), b""
    for slot, number in enumerate(pair):
        if number <= len(forms):
            left = _SHEET[0] / 2 - _PAGE_WIDTH if slot == 0 else _SHEET[0] / 2
            names[f"/Page{slot}"] = forms[number - 1]
            content += b"q 1 0 0 1 %.3f 0 cm /Page%d Do Q\n" % (left, slot)
    side = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, *_SHEET],
        Resources=pikepdf.Dictionary(XObject=names),
        Contents=sheets.make_stream(content),
    )
    return pikepdf.Page(sheets.make_indirect(side))
