"""One typed async client per standard, over one shared httpx client. Payloads become domain structs here, once."""
