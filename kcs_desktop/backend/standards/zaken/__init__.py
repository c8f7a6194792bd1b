"""The embedded register of Zaken 1.5.1, under /zaken/api/v1. It behaves as Open Zaak does.

Reading a request downwards: `router` (what only this API has) → `zgw` (what it shares with Catalogi and Documenten) →
`objecten` (how anything is made, changed, found) → one module per resource. What the catalogue says of a zaaktype is
read in `catalogue` alone.
"""
