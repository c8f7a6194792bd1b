"""The embedded register of Documenten 1.4.2, under /documenten/api/v1. It behaves as Open Zaak does.

Reading a request downwards: `router` (content, locks, parts) → `zgw` (what it shares with Zaken and Catalogi) →
`objecten` (how anything is made, changed, found) → one module per resource. Content itself is kept by
`kcs_desktop.backend.bestanden`; a document names it.
"""
