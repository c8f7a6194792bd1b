"""The Handelsregister, embedded: the KvK calls zoeken v2, basisprofielen v1 and vestigingsprofielen v1."""
