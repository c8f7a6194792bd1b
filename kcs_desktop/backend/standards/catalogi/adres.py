"""Where this API is found and which version it speaks."""

PREFIX = "/catalogi/api/v1"
API_VERSION = "1.3.1"
