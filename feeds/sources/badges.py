"""Which addresses wear an outlet's badge: the catalogue asked with the eye of app/desk/lookalikes.py."""

from app.desk.lookalikes import Known, Verdict, judge
from feeds.catalogue import Catalogue


def known_outlets(catalogue: Catalogue) -> tuple[Known, ...]:
    """The official outlets as the rule wants them."""
    return tuple(
        Known(id=outlet.id, name=outlet.name, hosts=outlet.hosts, accounts=outlet.accounts)
        for outlet in catalogue.outlets
        if outlet.official
    )


def judge_address(catalogue: Catalogue, url: str) -> Verdict:
    """Whose address this is; no network is asked."""
    return judge(url, known_outlets(catalogue))
