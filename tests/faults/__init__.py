"""Fault tests: what an employee was told is compared with what the registers hold, after whatever went wrong."""
