"""The history of the schema, one module per step, applied by `kcs_desktop.backend.db.migratie`."""
