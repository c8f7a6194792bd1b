"""The embedded register of Klantinteracties 0.9.0, under /klantinteracties/api/v1. It behaves as Open Klant does.

Reading a request downwards: `routes` (HTTP) → `register` (the port) → `objecten.resource` (how anything is made,
changed, deleted) and `objecten.listing` (how anything is found) → one module per resource (its fields, filters and
representation).
"""
