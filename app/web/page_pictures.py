"""Runs in a limited child only: one page of a PDF as a PNG."""

import io

import pypdfium2

from app.machine import limit_resources

WIDTH = 620  # pixels: sharp enough to read a page on a screen


def draw(data: bytes, page: int) -> bytes:
    """The PNG of page `page` (from 1)."""
    limit_resources(cpu_seconds=20, megabytes=1024)
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page - 1]
        bitmap = sheet.render(scale=WIDTH / sheet.get_width())
        target = io.BytesIO()
        bitmap.to_pil().save(target, "PNG", optimize=False)
    return target.getvalue()
