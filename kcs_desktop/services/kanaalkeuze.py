"""Over which channel a contact that starts now most likely goes: the one rule for key, button, typing and search hit.

The last channel that this employee used in this sign-in, kept over a restart; else that of the role; else that of the
werkplek. Who signed in for the telephone and for a counter at once has no channel by role.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.sessie import Sessie

NAAM = "kanaal"  # under which it is kept with this employee's work

_OF_ROLE = {
    "receptie": Kanaal.BALIE,
    "snelbalie": Kanaal.BALIE,
    "balie2": Kanaal.BALIE,
    "tic": Kanaal.TELEFOON,
    "tweedelijn": Kanaal.TELEFOON,
    **{kanaal.value: kanaal for kanaal in (Kanaal.EMAIL, Kanaal.CHAT, Kanaal.SOCIAL, Kanaal.POST)},
}
_OF_WERKPLEK = {"telefoon": Kanaal.TELEFOON, "kantoor": Kanaal.TELEFOON}
_LIVE = {Kanaal.BALIE, Kanaal.TELEFOON}  # the customer waits: writing is done in the quiet moments between


class _Gebruikt(msgspec.Struct):
    sessie: str
    kanaal: Kanaal


def kanaal_for(sessie: Sessie | None, bewaard: str) -> Kanaal:
    """The channel to start with; `bewaard` is what `kept` made of the last one used."""
    if sessie is None:
        return Kanaal.BALIE
    laatste = _read(bewaard)
    if laatste is not None and laatste.sessie == sessie.id:
        return laatste.kanaal
    van_rol = list(dict.fromkeys(_OF_ROLE[rol] for rol in sessie.rollen if rol in _OF_ROLE))
    live = [kanaal for kanaal in van_rol if kanaal in _LIVE]
    if len(live) == 1:
        return live[0]
    if van_rol and not live:
        return van_rol[0]
    return _OF_WERKPLEK.get(sessie.werkplek.soort, Kanaal.BALIE)


def kept(sessie: Sessie | None, kanaal: Kanaal) -> str:
    """What to keep of a channel that was used; "" while nobody is signed in."""
    return "" if sessie is None else msgspec.json.encode(_Gebruikt(sessie.id, kanaal)).decode()


def _read(bewaard: str) -> _Gebruikt | None:
    try:
        return msgspec.json.decode(bewaard, type=_Gebruikt)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None  # none, or of another version
