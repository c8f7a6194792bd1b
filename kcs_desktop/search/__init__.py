"""One search engine for the seat's encrypted store and the backend: keys, candidates, ranking with its reason.

    tables = make_tables(metadata, "zoek_")
    Index(tables).upsert(connection, documents)
    Zoeker(tables).search(connection, recognise(text, today), limit=20)

Imports SQLAlchemy and rapidfuzz, so a window loads it after its first paint. `search.recognise` alone needs neither.
"""
