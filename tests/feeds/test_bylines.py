"""Whose picture it is, as its own metadata says; cameras, programs and rubbish are nobody."""

import io
import struct

import pytest
from PIL import Image

from feeds.bylines import MAX_CREDIT
from feeds.pictures import to_print
from tests.feeds.drawings import drawing, encoded

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" %s><dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq>
</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"""


def exif(**tags: str) -> Image.Exif:
    made = Image.Exif()
    for name, value in tags.items():
        made[{"artist": 0x013B, "rights": 0x8298, "camera": 0x010F}[name]] = value.encode()
    return made


def with_iptc(byline: bytes) -> bytes:
    """A JPEG with an IPTC by-line, as agencies write it."""
    record = b"\x1c\x02\x50" + struct.pack(">H", len(byline)) + byline
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    segment = b"Photoshop 3.0\0" + block
    plain = encoded(drawing(1, (60, 40)))
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


@pytest.mark.parametrize(
    ("data", "credit"),
    [
        (encoded(drawing(1, (60, 40)), exif=exif(artist="Điểu Lâm")), "Điểu Lâm"),
        (encoded(drawing(1, (60, 40)), exif=exif(rights="© Báo Sao Mai 2026", camera="Canon")), "© Báo Sao Mai 2026"),
        (encoded(drawing(1, (60, 40)), exif=exif(artist="Canon")), ""),
        (encoded(drawing(1, (60, 40)), exif=exif(artist=" \x00\x01 ")), ""),
        (encoded(drawing(1, (60, 40)), exif=exif(artist="https://bao.example")), ""),
        (encoded(drawing(1, (60, 40)), exif=exif(artist="A" * 900)), "A" * MAX_CREDIT),
        (encoded(drawing(1, (60, 40)), exif=exif(artist="Chị\nHoài  An\u202e")), "Chị Hoài An"),
        (with_iptc("Bảo Khánh/TTX".encode()), "Bảo Khánh/TTX"),
        (with_iptc("Café".encode("cp1252")), "Café"),
        (encoded(drawing(1, (60, 40)), xmp=(XMP % ("", "Hoài An")).encode()), "Hoài An"),
        (encoded(drawing(1, (60, 40)), xmp=(XMP % ('photoshop:Credit="TTXVN"', "x")).encode()), "TTXVN"),
        (encoded(drawing(1, (60, 40)), xmp=b"<rdf:li>" * 6000), ""),
        (encoded(drawing(1, (60, 40)), "PNG"), ""),
    ],
)
def test_the_credit_is_read_and_nothing_else(data: bytes, credit: str) -> None:
    made = to_print(data)
    assert made.credit == credit
    with Image.open(io.BytesIO(made.data)) as image:
        assert not image.getexif()


def test_broken_metadata_costs_no_picture() -> None:
    for marker in (b"\xff\xed", b"\xff\xe1"):
        plain = encoded(drawing(1, (60, 40)))
        segment = b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"8BIM" * 9
        broken = plain[:2] + marker + struct.pack(">H", len(segment) + 2) + segment + plain[2:]
        assert to_print(broken).credit == ""
