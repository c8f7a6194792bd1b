"""The change feed: every mutation announced in commit order, and followed by seats over server-sent events."""
