"""Upstream registers: the same paths as the embedded ones, answered by a real register behind us.

A register is upstream when its address is set (`KCS_REGISTER_<NAAM>_URL`). That address is the base that takes the
place of our own prefix:

    /brp/haalcentraal/api/brp/personen     →  <KCS_REGISTER_BRP_URL>/personen
    /kvk/api/v2/zoeken                     →  <KCS_REGISTER_KVK_URL>/v2/zoeken
    /bag/api/v2/adressen                   →  <KCS_REGISTER_BAG_URL>/adressen
    /klantinteracties/api/v1/partijen      →  <KCS_REGISTER_KLANTINTERACTIES_URL>/partijen
    /zaken/api/v1/zaken                    →  <KCS_REGISTER_ZAKEN_URL>/zaken

Read downwards: `gateway` (which are upstream) → a router per register (`brp`, `kvk`, `bag`, `klantinteracties`; `zgw`
for zaken, catalogi and documenten, each with its `Regels`) → `vastleggen` (audit) → `verbinding` (one call). The
credential and the addresses stay here: no answer carries them. `samenvoegen` makes one list of several sources.
"""
