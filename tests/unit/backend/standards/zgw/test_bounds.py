"""The rights on zaken as SQL allow what the rule in the domain allows, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import create_engine, select, text

from kcs_desktop.backend.standards.zaken.bereik import visible
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN, mag_zaak, parse_zaakrechten

ALL = list(product(("klacht", "verhuizing", "bezwaar"), AANDUIDINGEN))
TABEL = parse_zaakrechten(
    "receptie=openbaar:verhuizing; tic=intern; jurist=zeer_geheim:bezwaar,klacht; chef=zeer_geheim; *=beperkt_openbaar"
)


@pytest.mark.parametrize(
    "rollen", [(), ("receptie",), ("tic",), ("jurist",), ("chef",), ("receptie", "tic"), ("jurist", "tic"), ("ander",)]
)
def test_the_condition_lets_through_what_the_rule_does(rollen: tuple[str, ...]) -> None:
    rechten = TABEL.van(rollen)
    condition = visible(rechten)
    query = select(ZAAK.zaaktype, ZAAK.vertrouwelijkheidaanduiding)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE cat_zaaktype (uuid, identificatie)"))
        connection.execute(text("CREATE TABLE zk_zaak (zaaktype, vertrouwelijkheidaanduiding)"))
        for zaaktype, aanduiding in ALL:
            kind = {"uuid": zaaktype, "identificatie": zaaktype}
            connection.execute(text("INSERT INTO cat_zaaktype VALUES (:uuid, :identificatie)"), kind)
            zaak = {"zaaktype": zaaktype, "aanduiding": aanduiding}
            connection.execute(text("INSERT INTO zk_zaak VALUES (:zaaktype, :aanduiding)"), zaak)
        rows = connection.execute(query if condition is None else query.where(condition))
        found = {(row.zaaktype, row.vertrouwelijkheidaanduiding) for row in rows}
    engine.dispose()
    assert found == {one for one in ALL if mag_zaak(rechten, *one)}
