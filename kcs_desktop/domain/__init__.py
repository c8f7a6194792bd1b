"""Frozen structs and pure rules, one module per noun. Imports no I/O and no other package of ours."""
