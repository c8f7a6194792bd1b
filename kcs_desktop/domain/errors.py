"""One tree of errors, for the seat and the backend.

    KcsError
    ├── UserError            the employee can mend it: shown inline, in Dutch, with what to do
    │   ├── InvalidInput     a field holds what cannot be; carries the field's name
    │   ├── NotFound         the register does not know it
    │   ├── Forbidden        this role may not do it
    │   │   └── OwnRefusal   and our backend said so itself, so that nothing was done
    │   ├── SignedOut        the session ended or was never there
    │   └── Conflict         a colleague changed it meanwhile; carries both versions
    └── RetryableError       the same call may succeed later: queued, with a badge
        ├── Unreachable      nothing answered, or the connection was lost on the way
        │   └── NeverSent    it did not leave this machine
        ├── TimedOut         no answer in time
        ├── OtherVersion     seat and backend are of versions that do not understand each other
        └── ServerFault      the other side failed (5xx, or an answer that cannot be read)
            └── OwnFault     and said so itself, about this very call

Anything else that is raised is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class KcsError(Exception):
    """An error with a stable `code` (kebab-case), a Dutch `message` and Dutch `advice` on what to do."""

    code = "fout"
    default_message = "Er ging iets mis."
    default_advice = ""

    def __init__(self, message: str = "", *, code: str = "", advice: str = "") -> None:
        self.message = message or self.default_message
        self.advice = advice or self.default_advice
        if code:
            self.code = code
        super().__init__(self.message)


class UserError(KcsError):
    """The employee can mend this."""


class InvalidInput(UserError):
    """`field` names the field in the standard's spelling, dotted for nested ones; empty for the whole."""

    code = "ongeldige-invoer"
    default_message = "Dit veld is niet goed ingevuld."

    def __init__(self, message: str = "", *, field: str = "", code: str = "", advice: str = "") -> None:
        super().__init__(message, code=code, advice=advice)
        self.field = field


class NotFound(UserError):
    """The register does not know it."""

    code = "niet-gevonden"
    default_message = "Dit is niet gevonden."


class Forbidden(UserError):
    """The role that was signed in with may not do this."""

    code = "geen-recht"
    default_message = "Met uw rol mag dit niet."


class OwnRefusal(Forbidden):
    """The backend says in a problem of its own that this role may not: the call certainly had no effect."""


class SignedOut(UserError):
    """The session ended, was revoked or was never there."""

    code = "afgemeld"
    default_message = "U bent afgemeld."
    default_advice = "Meld u opnieuw aan. Uw werk is bewaard."


class Conflict(UserError):
    """A colleague changed it meanwhile. `seen` is what the employee saw, `current` what stands now, per field."""

    code = "conflict"
    default_message = "Een collega heeft dit intussen gewijzigd."

    def __init__(
        self, message: str = "", *, seen: Mapping[str, Any] | None = None, current: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.seen = dict(seen or {})
        self.current = dict(current or {})


class RetryableError(KcsError):
    """The same call may succeed later."""

    default_advice = "Probeer het opnieuw. Uw werk is bewaard."


class Unreachable(RetryableError):
    """Nothing answered at the address, or the connection was lost; whether the call had effect is unknown."""

    code = "onbereikbaar"
    default_message = "De server is niet bereikbaar."


class NeverSent(Unreachable):
    """No connection could be made: the call certainly had no effect."""


class TimedOut(RetryableError):
    """No answer came in time; whether the call had effect is unknown."""

    code = "te-laat"
    default_message = "De server gaf niet op tijd antwoord."


class ServerFault(RetryableError):
    """The other side failed, or its answer could not be read."""

    code = "serverfout"
    default_message = "De server gaf een onleesbaar of foutief antwoord."


class OtherVersion(RetryableError):
    """Seat and backend are more than one version apart: nothing is asked or sent until one of them is brought up."""

    code = "andere-versie"
    default_message = "Dit venster en de server zijn van versies die niet samen werken."
    default_advice = "Waarschuw de beheerder. Uw werk is bewaard en wordt later verstuurd."


class OwnFault(ServerFault):
    """The other side says in a problem of its own that it failed on this call; no word of something in between."""
