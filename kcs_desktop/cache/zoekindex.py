"""The search over the seat's own store: the shared engine, in the same encrypted file as the customers.

Triggers on the names of customers note which ones changed, in the transaction of the change itself: a customer that
is kept, changed or erased cannot be missed, whoever did it and whenever the program ended. Before each search, and
after each change, what is noted is brought up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlcipher3 import dbapi2

from kcs_desktop.cache.cachebestand import Cachebestand, read_named
from kcs_desktop.cache.storing import Storing, may_lack_a_table, storing_of
from kcs_desktop.cache.zoekdocument import document_of
from kcs_desktop.domain.klantidentiteit import identities
from kcs_desktop.domain.zoeken import Treffer, Zoekvraag

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Engine

    from kcs_desktop.search.document import Document, Hit

T = TypeVar("T")
VERSION = 3  # raise it when the keys or terms of the engine change: the index is made anew
PIECE = 20  # customers that are brought up to date in one transaction
_NO_ROOM = frozenset({Storing.VOL, Storing.ALLEEN_LEZEN})
_NOTES = """
CREATE TABLE IF NOT EXISTS zoek_stand (versie INTEGER NOT NULL)
;CREATE TABLE IF NOT EXISTS zoek_bij (naam TEXT PRIMARY KEY) WITHOUT ROWID
;CREATE TRIGGER IF NOT EXISTS zoek_bij_komt AFTER INSERT ON klantnaam BEGIN
    INSERT OR IGNORE INTO zoek_bij (naam) VALUES (new.naam); END
;CREATE TRIGGER IF NOT EXISTS zoek_bij_gaat AFTER DELETE ON klantnaam BEGIN
    INSERT OR IGNORE INTO zoek_bij (naam) VALUES (old.naam); END
"""


class Zoekindex:
    """Every method runs on the worker thread. The engine is loaded when this is made, after the first paint."""

    def __init__(self, cache: Cachebestand) -> None:
        from sqlalchemy import MetaData

        from kcs_desktop.search.index import Index
        from kcs_desktop.search.tables import make_tables
        from kcs_desktop.search.zoeker import Zoeker

        self.cache = cache
        self._metadata = MetaData()
        tabellen = make_tables(self._metadata, "zoek_")
        self._index, self._zoeker = Index(tabellen), Zoeker(tabellen)
        self._db: dbapi2.Connection | None = None
        self._engine: Engine | None = None

    def search(
        self, vraag: Zoekvraag, aantal: int = 20, *, is_stale: Callable[[], bool] = lambda: False
    ) -> list[Treffer]:
        """Hits among the customers in the cache, best first.

        Nothing once `is_stale` says that nobody waits for them any more; it is asked between the steps.
        """
        self.catch_up()
        try:
            return [hit.treffer("eigen") for hit in self._guard(lambda: self._search(vraag, aantal, is_stale))]
        except Exception as fout:
            if storing_of(fout) not in _NO_ROOM:
                raise
            return []  # there is no index yet, and no room to make one

    def catch_up(self, pieces: int = 1_000_000) -> bool:
        """Bring what was noted up to date, at most so many pieces; whether more may be left.

        On a full disk the index stays behind, until there is room.
        """
        try:
            return all(self._guard(self._one_piece) for _ in range(pieces))
        except Exception as fout:
            if storing_of(fout) not in _NO_ROOM:
                raise
            return False

    def _guard(self, werk: Callable[[], T]) -> T:
        """Do `werk`; where the index is not what it should be, do it again on one that is made anew."""
        try:
            return self.cache.guard(werk)
        except Exception as fout:
            if not may_lack_a_table(fout):
                raise
        self.cache.db.execute("DROP TABLE IF EXISTS zoek_stand")
        self._engine = None
        return self.cache.guard(werk)

    def _search(self, vraag: Zoekvraag, aantal: int, is_stale: Callable[[], bool]) -> list[Hit]:
        from kcs_desktop.search.zoeker import Superseded

        verbinding = _Rechtstreeks(self.cache.db, self._open().dialect)
        verbinding.db.execute("BEGIN")  # what the steps read belongs together
        try:
            return self._zoeker.search(verbinding, vraag, aantal, is_stale=is_stale)
        except Superseded:
            return []
        finally:
            if verbinding.db.in_transaction:
                verbinding.db.execute("COMMIT")

    def _one_piece(self) -> bool:
        """Whether there was anything to do."""
        engine = self._open()
        namen = [rij[0] for rij in self.cache.db.execute("SELECT naam FROM zoek_bij LIMIT ?", (PIECE,))]
        if not namen:
            return False
        with engine.begin() as conn:
            documenten, weg = self._as_kept(namen)
            self._index.delete(conn, sorted(weg))
            self._index.upsert(conn, documenten)
            self.cache.db.executemany("DELETE FROM zoek_bij WHERE naam = ?", [(naam,) for naam in namen])
        return True

    def _as_kept(self, namen: Sequence[str]) -> tuple[list[Document], set[str]]:
        """What the store holds under these names now, and the names under which nothing may be found."""
        documenten: dict[str, Document] = {}
        weg = set(namen)
        for naam in namen:
            beeld = read_named(self.cache.db, naam)
            document = document_of(beeld) if beeld is not None else None
            if beeld is not None and document is not None:
                documenten[document.id] = document
                weg.update(identities(beeld.sleutel))
        return list(documenten.values()), weg - documenten.keys()

    def _open(self) -> Engine:
        """The engine over the store's connection as it is now, with the tables in it."""
        db = self.cache.db
        if self._engine is None or self._db is not db:
            engine = _engine_over(db)
            self._prepare(engine)
            self._db, self._engine = db, engine
        return self._engine

    def _prepare(self, engine: Engine) -> None:
        """Make the tables, or make them anew from what the store holds."""
        with engine.begin() as conn:
            for opdracht in _NOTES.split("\n;"):
                conn.exec_driver_sql(opdracht)
            if conn.exec_driver_sql("SELECT versie FROM zoek_stand").scalars().all() == [VERSION]:
                return
            self._metadata.drop_all(conn)
            self._metadata.create_all(conn)
            # A customer that is erased leaves no words behind in the full text.
            conn.exec_driver_sql("INSERT INTO zoek_tekst (zoek_tekst, rank) VALUES ('secure-delete', 1)")
            conn.exec_driver_sql("INSERT OR IGNORE INTO zoek_bij (naam) SELECT naam FROM klantnaam")
            conn.exec_driver_sql("DELETE FROM zoek_stand")
            conn.exec_driver_sql("INSERT INTO zoek_stand (versie) VALUES (?)", (VERSION,))


class _Rechtstreeks:
    """The store's connection for the questions of a search: an engine between them takes as long as the answer."""

    def __init__(self, db: dbapi2.Connection, dialect: Dialect) -> None:
        self.db = db
        self.dialect = dialect

    def exec_driver_sql(self, statement: str, parameters: Any, /) -> _Rijen:
        return _Rijen(self.db.execute(statement, parameters))


class _Rijen:
    """Rows as a result of an engine gives them."""

    def __init__(self, cursor: dbapi2.Cursor) -> None:
        self._cursor = cursor

    def all(self) -> Sequence[Any]:
        rows: Sequence[Any] = self._cursor.fetchall()
        return rows


def _engine_over(db: Any) -> Engine:
    """SQLAlchemy over the connection that has the key already; it never opens one of its own."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: db, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
