"""What an employee is asked when the keyring does not give the key of the store."""

from __future__ import annotations

import msgspec


class Sleutelvraag(msgspec.Struct, frozen=True):
    """`melding` says in Dutch why it is asked. `bekend`: a passphrase was chosen before; else one can be chosen.

    `op_slot`: the keyring is there but locked. `werk_dicht`: work is kept here that only the keyring's key opens.
    """

    melding: str
    bekend: bool = False
    op_slot: bool = False
    werk_dicht: bool = False
