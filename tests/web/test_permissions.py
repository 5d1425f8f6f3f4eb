"""Every route says who may use it and through which door; every unsafe one asks for the token and the origin."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.desk.policy import MAY
from app.models.person import Role
from tests.people import AN, HUONG, KHANH, LAM, MAI, STAFF, TAM
from tests.web.page import ORIGIN, Browser

DOORS = {"reading", "writing", "own", "none"}
# Open before signing in: the gate itself, the first set-up, the language, and files of the program.
PUBLIC = {
    *("today.front", "sign_in.form", "sign_in.enter", "setup.form", "setup.make"),
    *("languages.choose", "files.static", "files.font"),
}


def unsafe(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
            yield rule, method


def path_of(rule: Rule) -> str:
    """The rule's address with something in every blank."""
    parts = {"verb": "chon" if "tin-ve" in rule.rule else "rut", "number": 0, "page": 1, "name": "x"}
    values = {name: parts.get(name, "0" * 36) for name in rule.arguments}
    return str(rule.build(values, append_unknown=False)[1])  # type: ignore[index]


def test_every_route_says_what_it_needs_and_its_door(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        assert getattr(view, "needs", "") in {*MAY, "anyone"}, endpoint
        assert getattr(view, "door", "") in DOORS, endpoint


def test_only_the_gate_is_open_to_anyone(app: Flask) -> None:
    assert {
        endpoint for endpoint, view in app.view_functions.items() if getattr(view, "needs", "") == "anyone"
    } == PUBLIC


def test_a_page_that_is_only_read_takes_no_write_lock(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" in (rule.methods or ()) and rule.endpoint not in ("sign_in.form", "setup.form"):
            assert getattr(view, "door", "") != "writing", rule.endpoint


def test_every_unsafe_route_refuses_a_request_without_the_token(app: Flask, an: Browser) -> None:
    tried = 0
    for rule, method in unsafe(app):
        answer = an.client.open(path_of(rule), method=method, headers=ORIGIN, data={"csrf": "forged"})
        assert answer.status_code == 403, f"{method} {rule}: {answer.status_code}"
        tried += 1
    assert tried > 20


def test_every_unsafe_route_refuses_another_origin(app: Flask, an: Browser) -> None:
    for rule, method in unsafe(app):
        for headers in ({"Origin": "http://evil.vn"}, {"Origin": "null"}, {}):
            answer = an.client.open(path_of(rule), method=method, headers=headers, data={"csrf": an.csrf})
            assert answer.status_code == 403, f"{method} {rule}: {answer.status_code}"


def test_with_token_and_origin_the_same_request_goes_through(an: Browser) -> None:
    an.post("/phim", phim="tat", toi="/tin-ve")


def test_nobody_who_has_not_signed_in_sees_a_page(app: Flask, browser: Browser) -> None:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in PUBLIC:
            assert browser.client.get(path_of(rule)).location.startswith("/dang-nhap"), rule.rule


@pytest.mark.parametrize("name", [AN, KHANH, TAM, LAM, HUONG, MAI])
def test_every_person_meets_exactly_the_rights_of_the_role(app: Flask, name: str) -> None:
    browser, role = Browser(app).signs_in(name), STAFF[name][0]
    for rule, method in unsafe(app):
        need = getattr(app.view_functions[rule.endpoint], "needs", "")
        if need == "anyone" or rule.endpoint == "sign_in.leave":
            continue
        answer = browser.client.open(path_of(rule), method=method, headers=ORIGIN, data={"csrf": browser.csrf})
        allowed = role in MAY[need]
        assert (answer.status_code == 403) != allowed, f"{role} {method} {rule}: {answer.status_code}"
        assert answer.status_code != 500, f"{role} {method} {rule}"


def test_the_roles_of_the_tests_are_all_the_roles() -> None:
    assert {role for role, _ in STAFF.values()} == set(Role)
