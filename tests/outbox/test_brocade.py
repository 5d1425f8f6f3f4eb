"""The woven bands have no seam, and the same grid is always woven the same way."""

from xml.etree import ElementTree

from outbox import brocade


def test_every_band_is_well_formed_and_woven_the_same_way_twice() -> None:
    first = dict(brocade.bands())
    brocade.bands.cache_clear()

    assert brocade.bands() == first
    for data in first.values():
        assert ElementTree.fromstring(data).tag.endswith("svg")


def test_the_wide_band_is_as_long_as_the_text_is_wide() -> None:
    assert ElementTree.fromstring(brocade.bands()["band.svg"]).get("width") == "240"
