"""The use cases a tab calls, one module per noun: read from cache or api, write through the outbox."""
