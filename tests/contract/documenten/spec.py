"""The published specification, and where the API is found."""

from __future__ import annotations

from tests.contract.zaken.spec import ZakenSpec

SPEC = ZakenSpec("openzaak-documenten-1.4.2.yaml")
API = "/documenten/api/v1"
NAAM = "enkelvoudiginformatieobjecten"
EIO = f"/{NAAM}"
PATHS = (
    EIO,
    f"{EIO}/{{uuid}}",
    f"{EIO}/{{uuid}}/lock",
    f"{EIO}/{{uuid}}/unlock",
    f"{EIO}/_zoek",
    "/gebruiksrechten",
    "/gebruiksrechten/{uuid}",
)
READ_ONLY = ("/objectinformatieobjecten", "/objectinformatieobjecten/{uuid}")
