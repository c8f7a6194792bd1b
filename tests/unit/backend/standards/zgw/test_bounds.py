"""The rights on zaken as SQL allow what the rule in the domain allows, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert, select

from kcs_desktop.backend.standards.zgw.bounds import bound
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN, mag_zaak, parse_zaakrechten

ZAKEN = Table("zaken", MetaData(), Column("zaaktype", String), Column("aanduiding", String))
ALL = list(product(("klacht", "verhuizing", "bezwaar"), AANDUIDINGEN))
TABEL = parse_zaakrechten(
    "receptie=openbaar:verhuizing; tic=intern; jurist=zeer_geheim:bezwaar,klacht; chef=zeer_geheim; *=beperkt_openbaar"
)


@pytest.mark.parametrize(
    "rollen", [(), ("receptie",), ("tic",), ("jurist",), ("chef",), ("receptie", "tic"), ("jurist", "tic"), ("ander",)]
)
def test_the_condition_lets_through_what_the_rule_does(rollen: tuple[str, ...]) -> None:
    rechten = TABEL.van(rollen)
    condition = bound(rechten, ZAKEN.c.aanduiding, ZAKEN.c.zaaktype.in_)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        ZAKEN.create(connection)
        connection.execute(insert(ZAKEN), [{"zaaktype": zaaktype, "aanduiding": one} for zaaktype, one in ALL])
        query = select(ZAKEN) if condition is None else select(ZAKEN).where(condition)
        found = {(row.zaaktype, row.aanduiding) for row in connection.execute(query)}
    engine.dispose()
    assert found == {one for one in ALL if mag_zaak(rechten, *one)}
