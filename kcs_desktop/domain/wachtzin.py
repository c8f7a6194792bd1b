"""What a passphrase must be to guard a store: said while it is chosen, and asked again where it is used."""

from __future__ import annotations

from kcs_desktop.domain.errors import InvalidInput

SHORTEST_PASSPHRASE = 12  # characters
_FEWEST = 5  # different ones


def check_passphrase(wachtzin: str) -> None:
    """Raises InvalidInput for one that is too short or too simple to guard anything."""
    if len(wachtzin.strip()) < SHORTEST_PASSPHRASE:
        raise InvalidInput(
            f"Kies een wachtzin van minstens {SHORTEST_PASSPHRASE} tekens.", field="wachtzin", code="te-kort"
        )
    if len(set(wachtzin)) < _FEWEST:
        raise InvalidInput("Kies een wachtzin met meer verschillende tekens.", field="wachtzin", code="te-simpel")
