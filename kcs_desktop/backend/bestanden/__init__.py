"""The content of files: received in pieces, kept in pieces in the database, looked at by a virus scanner.

`opslag` keeps it, `router` takes it from seats, `onderzoek` has it scanned. What a document says about its content is
not here; it names a file by its id.
"""
