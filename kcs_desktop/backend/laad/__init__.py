"""Bulk load of registers from a file: all of it or nothing, the same again when repeated, and a report in Dutch."""
