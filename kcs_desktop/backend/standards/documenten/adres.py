"""Where this API is found and which version it speaks."""

from __future__ import annotations

PREFIX = "/documenten/api/v1"
API_VERSION = "1.4.2"
NAAM = "enkelvoudiginformatieobjecten"
