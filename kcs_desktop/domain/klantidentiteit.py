"""When two sets of keys mean one customer, and what is known of that customer together."""

from __future__ import annotations

from kcs_desktop.domain.klant import KlantSleutel, SoortKlant


def identities(sleutel: KlantSleutel) -> tuple[str, ...]:
    """Names by which this customer is unique, strongest first: "bsn:…", "vestiging:…", "partij:…".

    A KvK number is shared by the establishments of a company: it identifies only where no establishment is named.
    """
    gevonden = []
    if sleutel.partij:
        gevonden.append(f"partij:{sleutel.partij}")
    if sleutel.bsn and sleutel.soort is not SoortKlant.ORGANISATIE:
        gevonden.append(f"bsn:{sleutel.bsn}")
    if sleutel.vestigingsnummer:
        gevonden.append(f"vestiging:{sleutel.vestigingsnummer}")
    elif sleutel.kvk_nummer and sleutel.soort is SoortKlant.ORGANISATIE:
        gevonden.append(f"kvk:{sleutel.kvk_nummer}")
    elif sleutel.rsin:
        gevonden.append(f"rsin:{sleutel.rsin}")
    return tuple(gevonden)


def aggregate(sleutel: KlantSleutel) -> str:
    """The name that stays the same once the register knows the customer too: register keys before the partij."""
    namen = identities(sleutel)
    return next((naam for naam in namen if not naam.startswith("partij:")), namen[0] if namen else "")


def is_same(een: KlantSleutel, ander: KlantSleutel) -> bool:
    """Whether both mean one customer."""
    return not set(identities(een)).isdisjoint(identities(ander))


def merged(een: KlantSleutel, ander: KlantSleutel) -> KlantSleutel:
    """Everything that either knows; `een` wins."""
    return KlantSleutel(
        een.soort,
        partij=een.partij or ander.partij,
        bsn=een.bsn or ander.bsn,
        kvk_nummer=een.kvk_nummer or ander.kvk_nummer,
        vestigingsnummer=een.vestigingsnummer or ander.vestigingsnummer,
        rsin=een.rsin or ander.rsin,
    )
