"""An outlet's page on a social network is its own only by the exact address of the account."""

import pytest

from app.desk.accounts import account_of, network_of
from app.desk.lookalikes import Known, judge

PRESS = (
    Known(
        id="nhandan",
        name="Báo Nhân Dân",
        hosts=frozenset({"nhandan.vn"}),
        accounts=("facebook.com/nhandandientutiengviet", "youtube.com/@BaoNhanDan", "youtube.com/channel/UCabcDEF"),
    ),
    Known(id="vtv", name="VTV Online", hosts=frozenset({"vtv.vn"}), accounts=("https://zalo.me/1234567890",)),
)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/nhandandientutiengviet/posts/123",
        "https://facebook.com/NhanDanDienTuTiengViet?ref=x",
        "m.facebook.com/nhandandientutiengviet",
        "https://vi-vn.facebook.com/nhandandientutiengviet/",
        "https://fb.com/nhandandientutiengviet",
        "https://www.youtube.com/@baonhandan/videos",
        "https://m.youtube.com/channel/UCabcDEF",
    ],
)
def test_the_exact_account_is_the_outlets_through_every_door_of_the_network(url: str) -> None:
    verdict = judge(url, PRESS)
    assert (verdict.kind, verdict.outlet) == ("official", "nhandan")


@pytest.mark.parametrize(
    "url",
    [
        "https://facebook.com/nhandandientu.tiengviet",
        "https://facebook.com/nhandandientutiengviet1",
        "https://facebook.com/baonhandan/nhandandientutiengviet",
        "https://facebook.com/groups/nhandandientutiengviet",
        "https://facebook.com/profile.php?id=nhandandientutiengviet",
        "https://facebook.com.tin24.com/nhandandientutiengviet",
        "https://facebook.vn/nhandandientutiengviet",
        "https://youtube.com/channel/ucabcdef",
        "https://facebook.com/",
        "https://youtube.com/channel",
        "https://nhandandientutiengviet@facebook.com/nhandandientutiengviet",
    ],
)
def test_anything_else_on_the_network_is_not(url: str) -> None:
    verdict = judge(url, PRESS)
    assert verdict.kind != "official"
    assert verdict.outlet is None


def test_an_account_with_a_borrowed_name_is_warned_of() -> None:
    assert judge("https://facebook.com/baonhandan.tinnong", PRESS).warning
    assert judge("https://facebook.com/vtvnews", PRESS).warning
    assert not judge("https://facebook.com/lang.dinh.bu.dang", PRESS).warning


def test_the_account_may_be_written_as_a_whole_address_in_the_catalogue() -> None:
    assert judge("https://oa.zalo.me/1234567890", PRESS).outlet == "vtv"


def test_networks_are_known_by_one_name() -> None:
    assert network_of("www.facebook.com") == network_of("mbasic.facebook.com") == "facebook.com"
    assert network_of("facebook.com.vn") == ""
    assert account_of("twitter.com", "/baosaomai/status/1") == "x.com/baosaomai"
