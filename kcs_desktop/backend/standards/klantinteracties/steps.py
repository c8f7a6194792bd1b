"""The steps from one table to another that the filters follow. Each is one object, so that filters on the same
related row find each other."""

from __future__ import annotations

from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.objecten.conditions import Via
from kcs_desktop.backend.standards.objecten.resource import table_of

PARTIJ = table_of(tables.Partij).c
IDENTIFICATOR = table_of(tables.PartijIdentificator).c
VERTEGENWOORDIGING = table_of(tables.Vertegenwoordiging).c
REKENINGNUMMER = table_of(tables.Rekeningnummer).c
ACTOR = table_of(tables.Actor).c
KLANTCONTACT = table_of(tables.Klantcontact).c
BETROKKENE = table_of(tables.Betrokkene).c
ADRES = table_of(tables.DigitaalAdres).c
ACTOR_KLANTCONTACT = table_of(tables.ActorKlantcontact).c
ONDERWERPOBJECT = table_of(tables.Onderwerpobject).c
TAAK = table_of(tables.InterneTaak).c
TAAK_ACTOR = table_of(tables.InterneTaakActor).c

IDENTIFICATOR_PARTS = {
    "codeObjecttype": IDENTIFICATOR.code_objecttype,
    "codeRegister": IDENTIFICATOR.code_register,
    "codeSoortObjectId": IDENTIFICATOR.code_soort_object_id,
    "objectId": IDENTIFICATOR.object_id,
}
ONDERWERP_PARTS = {
    "CodeObjecttype": ONDERWERPOBJECT.onderwerpobjectidentificator_code_objecttype,
    "CodeRegister": ONDERWERPOBJECT.onderwerpobjectidentificator_code_register,
    "CodeSoortObjectId": ONDERWERPOBJECT.onderwerpobjectidentificator_code_soort_object_id,
    "ObjectId": ONDERWERPOBJECT.onderwerpobjectidentificator_object_id,
}

PARTIJ_TO_IDENTIFICATOR = Via(PARTIJ.uuid, IDENTIFICATOR.partij)
PARTIJ_TO_PARENT = Via(IDENTIFICATOR.sub_identificator_van, IDENTIFICATOR.uuid, PARTIJ_TO_IDENTIFICATOR)
PARTIJ_AS_VERTEGENWOORDIGDE = Via(PARTIJ.uuid, VERTEGENWOORDIGING.vertegenwoordigde_partij)

BETROKKENE_TO_PARTIJ = Via(BETROKKENE.partij, PARTIJ.uuid)
BETROKKENE_TO_IDENTIFICATOR = Via(BETROKKENE.partij, IDENTIFICATOR.partij)
BETROKKENE_TO_KLANTCONTACT = Via(BETROKKENE.klantcontact, KLANTCONTACT.uuid)
BETROKKENE_TO_ADRES = Via(BETROKKENE.uuid, ADRES.betrokkene)

KLANTCONTACT_TO_BETROKKENE = Via(KLANTCONTACT.uuid, BETROKKENE.klantcontact)
KLANTCONTACT_TO_IDENTIFICATOR = Via(BETROKKENE.partij, IDENTIFICATOR.partij, KLANTCONTACT_TO_BETROKKENE)
KLANTCONTACT_TO_ADRES = Via(BETROKKENE.uuid, ADRES.betrokkene, KLANTCONTACT_TO_BETROKKENE)
KLANTCONTACT_TO_ONDERWERP = Via(KLANTCONTACT.uuid, ONDERWERPOBJECT.klantcontact)
KLANTCONTACT_WAS_ONDERWERP = Via(KLANTCONTACT.uuid, ONDERWERPOBJECT.was_klantcontact)

ADRES_TO_PARTIJ = Via(ADRES.partij, PARTIJ.uuid)
ADRES_TO_IDENTIFICATOR = Via(ADRES.partij, IDENTIFICATOR.partij)
ADRES_TO_BETROKKENE = Via(ADRES.betrokkene, BETROKKENE.uuid)

TAAK_TO_KLANTCONTACT = Via(TAAK.klantcontact, KLANTCONTACT.uuid)
TAAK_TO_ACTOR = Via(TAAK.uuid, TAAK_ACTOR.internetaak)
TAAK_TO_ACTOR_NAAM = Via(TAAK_ACTOR.actor, ACTOR.uuid, TAAK_TO_ACTOR)
