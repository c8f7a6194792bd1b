"""The published specification read as rules: JSON schemas that follow the discriminators, and the paths of a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from tests.contract.brp.bronnen import spec

Json = dict[str, Any]
_GEWOON = " .'-"  # what the patterns of names allow besides letters and digits
_GEMAAKT = {
    "naam.voorletters",
    "naam.volledigeNaam",
    "aanschrijfwijze.naam",
    "adressering.aanhef",
    "adressering.gebruikInLopendeTekst",
}
_REF = "#/components/schemas/"


@cache
def document() -> Json:
    """The specification in which a schema with a discriminator also demands what its `type` points to.

    JSON schema knows no discriminator: without this every polymorphic value would pass. A child refers to its parent
    with allOf, so the parent of a child is a copy without the demand, or checking would never end.
    """
    bron = spec()["components"]["schemas"]
    schemas: Json = {}
    for naam, schema in bron.items():
        schemas[naam] = _child(schema, bron) if "allOf" in schema else schema
        if mapping := schema.get("discriminator", {}).get("mapping"):
            schemas[f"{naam}Kaal"] = schema
            cases = [
                {
                    "if": {"properties": {"type": {"const": soort}}, "required": ["type"]},
                    "then": {"$ref": ref},
                }
                for soort, ref in mapping.items()
            ]
            known = {"properties": {"type": {"enum": list(mapping)}}}
            schemas[naam] = {**schema, "allOf": [known, *cases]}
    return {**spec(), "components": {**spec()["components"], "schemas": schemas}}


def _child(schema: Json, bron: Json) -> Json:
    delen = []
    for deel in schema["allOf"]:
        ouder = deel.get("$ref", "").removeprefix(_REF)
        delen.append({"$ref": f"{_REF}{ouder}Kaal"} if "discriminator" in bron.get(ouder, {}) else deel)
    return {**schema, "allOf": delen}


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    inhoud = {"$ref": f"{_REF}{schema}", "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(inhoud, validate_formats=True)


def check(body: Any, schema: str, sources: Mapping[str, frozenset[str]] | None = None) -> None:
    """Raises ValidationError when `body` is no `schema` of the specification.

    The register holds texts that the specification's own patterns leave out (a degree sign, a comma in a name). With
    `sources`, the texts in the source record per BSN, such a text may stand unchanged in the answer about that person,
    and a name made out of it may have its letters.
    """
    for fout in _validator(schema).iter_errors(body):
        if not (sources and _is_of_the_source(fout, body, sources)):
            raise fout


def _is_of_the_source(fout: jsonschema_rs.ValidationError, body: Any, sources: Mapping[str, frozenset[str]]) -> bool:
    pad, soort = fout.instance_path, fout.kind
    if not isinstance(soort, jsonschema_rs.ValidationErrorKind.Pattern) or pad[:1] != ["personen"]:
        return False
    teksten = sources[body["personen"][pad[1]]["burgerservicenummer"]]
    tekst = str(fout.instance)
    if tekst in teksten:
        return True
    eigen = {teken for bron in teksten for teken in bron if not teken.isalnum() and teken not in _GEWOON}
    gelezen = "".join("x" if teken in eigen else teken for teken in tekst)
    return ".".join(map(str, pad[-2:])) in _GEMAAKT and bool(re.fullmatch(soort.pattern, gelezen))


def check_problem(body: Any, status: int) -> None:
    """Raises when `body` is not the error that the specification gives for this status."""
    naam = "BadRequestFoutbericht" if status == 400 else "Foutbericht"
    check(body, naam)
    assert body["status"] == status
    assert {"type", "title", "status", "detail", "instance", "code"} <= body.keys()


def unknown_members(body: Any, schema: str) -> list[str]:
    """The dotted members of `body` that `schema` does not name; the specification itself allows them silently."""
    return sorted(set(_members(body)) - _paths(schema))


@cache
def _paths(schema: str) -> frozenset[str]:
    return frozenset(walk(schema, frozenset()))


def _members(body: Any, pad: str = "") -> Iterator[str]:
    if isinstance(body, list):
        for item in body:
            yield from _members(item, pad)
    elif isinstance(body, Mapping):
        for naam, waarde in body.items():
            heel = f"{pad}.{naam}".lstrip(".")
            yield heel
            yield from _members(waarde, heel)


def walk(schema: str, zonder: frozenset[str]) -> Iterator[str]:
    """Every path of a schema, through arrays and every alternative of a discriminator, without members in `zonder`."""
    yield from _walk({"$ref": f"{_REF}{schema}"}, "", zonder, ())


def _walk(schema: Json, pad: str, zonder: frozenset[str], gezien: tuple[str, ...]) -> Iterator[str]:
    naam = schema.get("$ref", "").removeprefix(_REF)
    if naam:
        if naam in gezien:
            return
        yield from _walk(spec()["components"]["schemas"][naam], pad, zonder, (*gezien, naam))
        return
    items = [schema["items"]] if "items" in schema else []
    for deel in (*schema.get("allOf", ()), *({"$ref": r} for r in _alternatives(schema)), *items):
        yield from _walk(deel, pad, zonder, gezien)
    for veld, eigen in schema.get("properties", {}).items():
        if veld not in zonder:
            heel = f"{pad}.{veld}".lstrip(".")
            yield heel
            yield from _walk(eigen, heel, zonder, ())


def _alternatives(schema: Json) -> list[str]:
    return list(schema.get("discriminator", {}).get("mapping", {}).values())
