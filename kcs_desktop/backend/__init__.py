"""The ASGI application: embedded registers, gateway to real ones, commands, accounts, audit. Knows no window."""
