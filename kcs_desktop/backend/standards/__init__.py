"""Embedded registers: our own tables behind the standards' own paths, parameters and payloads."""
