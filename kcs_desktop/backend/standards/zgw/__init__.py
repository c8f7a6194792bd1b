"""What the registers for zaakgericht werken share: Catalogi, Zaken and Documenten, as Open Zaak answers.

A register says in one `api.Api` what it offers and who is concerned, and `router.router(kern, api)` puts it on HTTP::

    class ZakenApi(Api):
        prefix, version, bron = "/zaken/api/v1", "1.5.1", "zaken"
        resources = {"zaken": Zaken(), "statussen": Statussen(), …}
        crs = frozenset({"zaken"})                       # need Accept-Crs and Content-Crs
        def within(self, wie): …                         # which rows this caller may see, as SQL per resource
        async def subjects(self, session, resource, rows): …   # who stands in these rows, for the audit trail

Reading a request downwards: `router` (HTTP) → `acts` (rights, audit, transaction) → `objecten.register` → the module of
the resource. What a register has beside lists and objects (`/publish`, `/zaak_registreren`) are handlers of its own,
given to `router` and built on `acts_of`.
"""
