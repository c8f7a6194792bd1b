"""The groups of fields that several resources share: addresses, names and identifications."""

from __future__ import annotations

from typing import Any

from kcs_desktop.backend.standards.objecten.fields import Field, Text, Whole, objection_of
from kcs_desktop.backend.standards.objecten.groups import Group
from kcs_desktop.domain.emailadres import parse_emailadres

TELEFOON = r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})"

ADRES: tuple[Field, ...] = (
    Text(wire="nummeraanduidingId", column="nummeraanduiding_id", maximum=16, pattern=r"[0-9]{16}"),
    Text(wire="straatnaam", column="straatnaam", maximum=255),
    Whole(wire="huisnummer", column="huisnummer", minimum=1, maximum=99999, nullable=True),
    Text(wire="huisnummertoevoeging", column="huisnummertoevoeging", maximum=20),
    Text(wire="postcode", column="postcode", maximum=7, pattern=r"[1-9][0-9]{3} [A-Z]{2}"),
    Text(wire="stad", column="stad", maximum=255),
    Text(wire="adresregel1", column="adresregel1", maximum=80),
    Text(wire="adresregel2", column="adresregel2", maximum=80),
    Text(wire="adresregel3", column="adresregel3", maximum=80),
    Text(wire="land", column="land", maximum=2, minimum=2),
)

CONTACTNAAM = Group(
    wire="contactnaam",
    column="contactnaam_",
    nullable=True,
    fields=(
        Text(wire="voorletters", column="voorletters", maximum=10),
        Text(wire="voornaam", column="voornaam", maximum=200),
        Text(wire="voorvoegselAchternaam", column="voorvoegsel_achternaam", maximum=10),
        Text(wire="achternaam", column="achternaam", maximum=200),
    ),
)


represent_contactnaam = CONTACTNAAM.representer()


def identificator(wire: str) -> Group:
    """What identifies an object in another register; columns `<wire in lower case>_…`."""
    return Group(
        wire=wire,
        column=f"{wire.lower()}_",
        nullable=True,
        fields=(
            Text(wire="objectId", column="object_id", maximum=200),
            Text(wire="codeObjecttype", column="code_objecttype", maximum=200),
            Text(wire="codeRegister", column="code_register", maximum=200),
            Text(wire="codeSoortObjectId", column="code_soort_object_id", maximum=200),
        ),
    )


def emailadres(column: str = "emailadres") -> Text:
    """An e-mail address of an actor."""
    return Text(wire="emailadres", column=column, maximum=254, check=objection_of(parse_emailadres))


def volledige_naam(row: Any) -> str:
    """First name (or initials), prefix and surname of a row with the contactnaam columns."""
    parts = (
        row.contactnaam_voornaam or row.contactnaam_voorletters,
        row.contactnaam_voorvoegsel_achternaam,
        row.contactnaam_achternaam,
    )
    return " ".join(part for part in parts if part)
