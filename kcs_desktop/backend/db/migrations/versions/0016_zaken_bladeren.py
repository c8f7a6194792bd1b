"""Lists of very many zaken page through an index alone, which also knows what somebody may see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_BOUNDS = ["vertrouwelijkheidaanduiding", "zaaktype"]
_INDEXES = {
    "ix_zk_zaak_identificatie": ["identificatie", "uuid"],
    "ix_zk_zaak_zaaktype": ["zaaktype", "startdatum", "uuid", "vertrouwelijkheidaanduiding"],
    "ix_zk_zaak_startdatum": ["startdatum", "uuid", *_BOUNDS],
    "ix_zk_zaak_open": ["einddatum", "startdatum", "uuid", *_BOUNDS],
    "ix_zk_zaak_registratiedatum": ["registratiedatum", "uuid", *_BOUNDS],
}
# References that nearly no row has; only those that have one are in the index.
_RARE = {"zk_zaak": "hoofdzaak", "zk_status": "gezetdoor", "zk_zaakinformatieobject": "status"}


def upgrade() -> None:
    """Apply this step."""
    for name, columns in _INDEXES.items():
        op.drop_index(name, "zk_zaak")
        op.create_index(name, "zk_zaak", columns, unique=False)
    columns = ["einddatum", "registratiedatum", "uuid", *_BOUNDS]
    op.create_index("ix_zk_zaak_open_geregistreerd", "zk_zaak", columns, unique=False)
    for table, column in _RARE.items():
        where, name = sa.text(f"{column} IS NOT NULL"), f"ix_{table}_{column}"
        op.drop_index(name, table)
        op.create_index(name, table, [column], unique=False, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_zk_zaakkenmerk_bron", "zk_zaakkenmerk", ["bron", "zaak"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
