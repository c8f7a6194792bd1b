"""Where this API is found and which version it speaks."""

from __future__ import annotations

PREFIX = "/zaken/api/v1"
API_VERSION = "1.5.1"
