"""BRP Personen 2.7.0, embedded: one POST, seven kinds of query, over persons in tables of our own."""
