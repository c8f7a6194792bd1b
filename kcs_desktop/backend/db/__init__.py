"""The database: engines, units of work, column types, migrations. SQLite (one worker) or PostgreSQL (workers)."""
