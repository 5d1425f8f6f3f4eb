"""Fake outlets are never taken for real ones (promise P6), and nobody innocent is accused."""

import pytest

from app.desk.confusables import doubled_or_swapped, skeleton, slips
from app.desk.lookalikes import Known, judge
from app.desk.spelling import shown


def outlet(key: str, name: str, *hosts: str, accounts: tuple[str, ...] = ()) -> Known:
    return Known(id=key, name=name, hosts=frozenset(hosts), accounts=accounts)


PRESS = (
    outlet("nhandan", "Báo Nhân Dân", "nhandan.vn", "www.nhandan.vn"),
    outlet("vietnamplus", "TTXVN - VietnamPlus", "www.vietnamplus.vn", "vietnamplus.vn", "mega.vietnamplus.vn"),
    outlet("baotintuc", "TTXVN - Báo Tin tức", "baotintuc.vn", "www.baotintuc.vn"),
    outlet("qdnd", "Báo Quân đội nhân dân", "www.qdnd.vn", "qdnd.vn"),
    outlet("vtv", "VTV Online", "vtv.vn", "www.vtv.vn"),
    outlet("vov", "VOV", "vov.vn", "www.vov.vn"),
    outlet("chinhphu", "Báo Điện tử Chính phủ", "baochinhphu.vn", "www.baochinhphu.vn", "congbao.chinhphu.vn"),
    outlet("dongnai", "Báo Đồng Nai", "baodongnai.com.vn", "www.baodongnai.com.vn"),
    outlet("dantoc", "Báo Dân tộc và Phát triển", "baodantoc.vn", "www.baodantoc.vn"),
    outlet("binhphuoc", "Báo Bình Phước", "baobinhphuoc.com.vn"),
    outlet("dangcongsan", "Báo điện tử Đảng Cộng sản Việt Nam", "dangcongsan.vn"),
    outlet("miennui", "Dân tộc và Miền núi", "dantocmiennui.vn"),
    outlet("vov4", "VOV4", "vov4.vov.vn"),
)

# Another ending, and the whole name as the beginning of another's.
ENDINGS = """nhandan.com nhandan.net nhandan.com.vn nhandan.org nhandan.info nhandan.vm nhandan.vnn
    vtv.com.vn vov.net.vn
    qdnd.info baodongnai.vn baodongnai.com baobinhphuoc.vn vietnamplus.com baochinhphu.com dangcongsan.com.vn"""
INSIDE = """nhandan.vn.tin24.com www.nhandan.vn.tin24.com vov.vn.evil.com nhandan.vn-tin24.com vtv.vn.tinnong.top
    nhandan.tin24.com vtv.wordpress.com baodantoc.vn.blogspot.com m.nhandan.vn.login.xyz"""
ADDED = """nhandan-vn.com bao-nhandan.net vtv-news.vn baonhandan.vn nhandan24h.vn nhandanonline.com tinvov.com
    vtvnews.vn
    vtv24h.info vov-online.net vov24.vn qdndonline.vn bao-qdnd.com wwwnhandan.vn nhandanvn.com tinbaotintuc.com
    baodongnaionline.vn baodantoc-phattrien.com baoquandoinhandan.com vov4.com vietnamplusnews.net"""
MORE = """nhandan.vn.com nhandan.news nhandan24.com enhandan.vn baonhandandientu.vn nhandan1.vn docbaonhandan.com
    congbao.chinhphu.com congbaochinhphu.vn congbao-chinhphu.vn baochinhphu.gov.vn nhandan.gov.vn vtv.vn.ru mvtv.vn
    vtv4k.vn vtvxemtivi.com live-vtv.com nhandanvn.wordpress.com n-h-a-n-d-a-n.com nhandann-news.com vietnampIus.vn
    dangcongsanvietnam.com quandoinhandan.net evil.com⁄nhandan.vn nhandan.vn∕evil.com báonhândân.vn nhandan․vn"""
LETTERS = """nhаndаn.vn xn--nhndn-5vec.vn пhandan.vn nhandаn.vn vоv.vn vtѵ.vn nhandan.νn nhândân.vn nhandän.vn
    nhanđan.vn nhandan.vп v0v.vn vietnarnplus.vn vietnamp1us.vn vietnamplu5.vn baotlntuc.vn baot1ntuc.vn qclnd.vn
    baodant0c.vn dangc0ngsan.vn"""
SLIPS = """nhadnan.vn nahndan.vn nhandn.vn nhanndan.vn nhandam.vn nhan-dan.vn nhan.dan.vn vvtv.vn vtvv.vn vttv.vn
    voov.vn vvo.vn qdnnd.vn qndd.vn baotintcu.vn baotintucc.vn baodongnia.com.vn baobinhphuc.com.vn vietnampluss.vn
    dangcongsam.vn dantocmiennuii.vn baochinphu.vn baodantocc.vn"""
SPELLED = (
    *("https://nhandan.vn@tin24.com/", "https://nhandan.vn:80@tin24.com/", "http://user@nhandan.vn/"),
    *("https://nhandan@tin24.com", "https://tin24.com\\@nhandan.vn/bai", "https://nhan\tdan.vn", "nhandan%2Evn"),
    *("https://ｎｈａｎｄａｎ.vn", "nhandan。vn", "nhan\u00addan.vn", "nhan\u200bdan.vn", "https://nhandan.vn../"),
    *("https://nhandan%2Evn.tin24.com/", "http://vtv.vn.:8080@tin24.com"),
)
FAKES = tuple(" ".join((ENDINGS, INSIDE, ADDED, MORE, LETTERS, SLIPS)).split()) + SPELLED

INNOCENT = """tuoitre.vn thanhnien.vn dantri.com.vn vnexpress.net vietnamnet.vn laodong.vn sggp.org.vn www.sggp.org.vn
    tienphong.vn cand.com.vn cand.vn vneconomy.vn bnews.vn vietnamnews.vn news.vnanet.vn daidoanket.vn baovanhoa.vn
    baophapluat.vn baoxaydung.vn baodautu.vn baogiaothong.vn baodaklak.vn baodongthap.vn baodongkhoi.vn baolongan.vn
    baobinhduong.vn baobinhthuan.com.vn baovinhphuc.com.vn baodanang.vn baodansinh.vn baotayninh.vn bptv.vn hanoimoi.vn
    voh.com.vn vtc.vn vtcnews.vn vtvcab.vn vtvgo.vn vovworld.vn vovlive.vn vovgiaothong.vn thvl.vn htv.com.vn hanoitv.vn
    chinhphu.gov.vn xaydungchinhsach.chinhphu.vn bandantoc.dongnai.gov.vn dongnai.gov.vn cema.gov.vn ubdt.gov.vn
    mattran.org.vn nhandao.vn congannhandan.vn tapchicongsan.org.vn tapchitoaan.vn quochoi.vn daibieunhandan.vn
    kenh14.vn cafef.vn zingnews.vn znews.vn soha.vn 24h.com.vn vovinam.vn vovan.vn novotel.com vtvt.com tv.vn vn.vn
    google.com facebook.com wikipedia.org nhatban.net bbc.com dantocviet.vn dantoc.vn nongnghiep.vn thoidai.com.vn
    handan.cn chinhphuc.vn vtvcantho.vn baodauthau.vn baoquangninh.vn baothanhhoa.vn baonghean.vn baogialai.com.vn
    vov1.vov.vn media.vov.vn cdn.nhandan.vn special.nhandan.vn e.vtv.vn 203.113.172.1 [2001:db8::1]"""


@pytest.mark.parametrize("url", FAKES)
def test_a_lookalike_is_never_an_outlet_and_is_always_warned_of(url: str) -> None:
    verdict = judge(url, PRESS)
    assert verdict.kind == "lookalike", verdict
    assert verdict.outlet is None
    assert verdict.warning
    assert verdict.name in verdict.warning % verdict.values


def test_there_are_more_than_sixty_of_them() -> None:
    assert len(set(FAKES)) >= 100


@pytest.mark.parametrize("host", INNOCENT.split())
def test_an_innocent_host_is_unknown_and_nobody_is_warned_of_it(host: str) -> None:
    verdict = judge(f"https://{host}/tin-moi-123.html", PRESS)
    assert (verdict.kind, verdict.warning) == ("unknown", "")


@pytest.mark.parametrize("outlet", PRESS, ids=lambda outlet: outlet.id)
def test_every_host_of_the_list_is_its_outlets_however_it_is_written(outlet: Known) -> None:
    for host in outlet.hosts:
        for url in (host, f"https://{host}/bai-1.html?a=b#c", f"HTTP://{host.upper()}:80", f"https://{host}./"):
            assert judge(url, PRESS).outlet == outlet.id


def test_without_looking_closer_the_lookalikes_would_pass_unwarned() -> None:
    """The control: the plain rule “the name stands in the address” takes fakes for real and accuses the innocent."""
    taken = [url for url in FAKES if "nhandan" in url or "vtv" in url]
    accused = [host for host in INNOCENT.split() if "vtv" in host or "vov" in host or "nhandan" in host]
    assert len(taken) > 30
    assert len(accused) > 5


def test_a_sister_host_is_told_mildly() -> None:
    verdict = judge("https://special.nhandan.vn/54-dan-toc", PRESS)
    assert (verdict.kind, verdict.warning, verdict.name) == ("unknown", "", "Báo Nhân Dân")
    assert verdict.note


def test_another_port_of_an_outlet_is_not_the_outlet() -> None:
    verdict = judge("https://nhandan.vn:8443/", PRESS)
    assert verdict.kind == "unknown"
    assert verdict.warning


@pytest.mark.parametrize(
    "text", ["", "   ", "javascript:alert(1)", "file:///etc/passwd", "bà con thôn Bù Rên", "mailto:a@b"]
)
def test_what_is_no_address_is_told(text: str) -> None:
    assert judge(text, PRESS).warning


def test_the_letters_behind_a_name_in_ascii_are_shown() -> None:
    assert shown("xn--nhndn-5vec.vn").startswith("nhаndаn.vn (")


def test_what_looks_alike_has_one_skeleton() -> None:
    assert skeleton("Vietnarnp1us") == skeleton("vietnamplus")
    assert skeleton("vov") != skeleton("vtv")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("nhandan", "nhandan", 0), ("nhandan", "nhadnan", 1), ("vov", "vtv", 1), ("ab", "dcba", 3)],
)
def test_slips_of_the_finger_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other, most=2) == count


def test_a_short_name_may_only_be_stuttered_or_swapped() -> None:
    assert doubled_or_swapped("vtvv", "vtv")
    assert not doubled_or_swapped("vov", "vtv")
