"""Upstream registers: the same paths as the embedded ones, answered by a real register behind us.

A register is upstream when its address is set (`KCS_REGISTER_BRP_URL`, `KCS_REGISTER_KVK_URL`,
`KCS_REGISTER_KLANTINTERACTIES_URL`). That address is the base that takes the place of our own prefix:

    /brp/haalcentraal/api/brp/personen     →  <KCS_REGISTER_BRP_URL>/personen
    /kvk/api/v2/zoeken                     →  <KCS_REGISTER_KVK_URL>/v2/zoeken
    /klantinteracties/api/v1/partijen      →  <KCS_REGISTER_KLANTINTERACTIES_URL>/partijen

The credential (`…_TOKEN`, or `…_TOKEN_BESTAND` that names a file) and the addresses stay here: no answer carries them.
"""
