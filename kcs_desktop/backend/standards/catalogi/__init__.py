"""The embedded register of Catalogi 1.3.1, under /catalogi/api/v1: what kinds of zaken there are and how they run.

It behaves as Open Zaak does: a zaaktype is made as a concept with everything under it, and published; from then on only
its end can be set. Built on `standards/zgw`; besluittypen and zaakobjecttypen are not offered.
"""
