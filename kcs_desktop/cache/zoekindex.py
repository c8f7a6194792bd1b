"""The search over the seat's own store: the shared engine over the cached customers. Derived, so rebuilt at will."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.zoekdocument import document_of
from kcs_desktop.domain.klant import Klantbeeld
from kcs_desktop.domain.klantidentiteit import aggregate, identities
from kcs_desktop.domain.zoeken import Treffer, Zoekvraag

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

VERSION = 2  # raise it when the keys of the engine change


class Zoekindex:
    """Every method runs on the worker thread. The engine is loaded at the first use, after the first paint."""

    def __init__(self, cache: Cachebestand) -> None:
        from sqlalchemy import MetaData

        from kcs_desktop.search.index import Index
        from kcs_desktop.search.tables import make_tables
        from kcs_desktop.search.zoeker import Zoeker

        self._cache = cache
        self._metadata = MetaData()
        tabellen = make_tables(self._metadata, "zoek_")
        self._document = tabellen.document
        self._index, self._zoeker = Index(tabellen), Zoeker(tabellen)
        self._engine = _engine_over(cache.db)
        self._prepare()

    def search(self, vraag: Zoekvraag, aantal: int = 20) -> list[Treffer]:
        """Hits among the customers in the cache, best first."""
        with self._begin() as conn:
            return [hit.treffer("eigen") for hit in self._zoeker.search(conn, vraag, aantal)]

    def add(self, beeld: Klantbeeld) -> None:
        """Add or replace one customer."""
        document = document_of(beeld)
        if document is None:
            return
        with self._begin() as conn:
            anders = [naam for naam in identities(beeld.sleutel) if naam != document.id]
            if anders:
                self._index.delete(conn, anders)
            self._index.upsert(conn, [document])

    def _prepare(self) -> None:
        """Make the tables, or make them anew; then let the index hold what the cache holds."""
        from sqlalchemy import select

        if self._cache.read_value("zoekindex", int) != VERSION:
            with self._begin() as conn:
                self._metadata.drop_all(conn)
                self._metadata.create_all(conn)
            self._cache.write_value("zoekindex", VERSION)
        beelden = {aggregate(beeld.sleutel): beeld for beeld in self._cache.all_klantbeelden()}
        with self._begin() as conn:
            bekend = set(conn.execute(select(self._document.c.id)).scalars())
            self._index.delete(conn, sorted(bekend - beelden.keys()))
            documenten = (document_of(beelden[naam]) for naam in beelden.keys() - bekend)
            self._index.upsert(conn, [document for document in documenten if document is not None])

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with self._engine.begin() as conn:
            yield conn


def _engine_over(db: Any) -> Engine:
    """SQLAlchemy over the connection that has the key already; it never opens one of its own."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool
    from sqlcipher3 import dbapi2

    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: db, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
