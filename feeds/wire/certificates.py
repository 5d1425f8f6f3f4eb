"""What a refused certificate tells: a wrong clock here, one that ran out there, or the box of a sign-in page."""

import ssl
import statistics
import threading
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # of this program: no clock that is right shows an earlier day
LASTS = timedelta(days=3650)  # nor one so much later
SLACK = timedelta(days=1)

NOT_YET, OVER = 9, 10  # what OpenSSL calls these
OTHERS = {18, 19, 20, 21, 62, 64}  # signed by itself or by nobody we know, or made out to another name


class Witness:
    """What the Date lines of other outlets say of this computer's clock; safe to share between threads."""

    def __init__(self) -> None:
        self._differences: list[float] = []
        self._lock = threading.Lock()

    def hear(self, date: str, now: datetime) -> None:
        """Listens to the Date line of an answer that was taken."""
        try:
            said = parsedate_to_datetime(date)
        except (TypeError, ValueError):
            return
        said = said if said.tzinfo else said.replace(tzinfo=UTC)
        with self._lock:
            self._differences.append((said - now).total_seconds())

    def is_clock_wrong(self, now: datetime) -> bool | None:
        """None while nothing speaks for or against it. One outlet's clock may be wrong; the middle one decides."""
        if not RELEASED - SLACK <= now <= RELEASED + LASTS:
            return True
        with self._lock:
            heard = list(self._differences)
        return abs(statistics.median(heard)) > SLACK.total_seconds() if heard else None


def verify_code(error: BaseException) -> int | None:
    """Why a certificate was refused, in OpenSSL's numbers; 0 for other trouble of TLS, None for none of it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_code
        if isinstance(cause, ssl.SSLError):
            return 0
        cause = cause.__cause__ or cause.__context__
    return None


def name_dates(code: int, witness: Witness, now: datetime) -> str:
    """ "clock" or "expired" for a certificate that is not valid today.

    No outlet serves a certificate of tomorrow, so without other evidence one that is not valid yet means our clock.
    """
    wrong = witness.is_clock_wrong(now)
    return "clock" if wrong or (wrong is None and code == NOT_YET) else "expired"


def unverified_context() -> ssl.SSLContext:
    """For looking at a certificate that was refused. Nothing is ever sent or read through it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
