"""What goes out: every write that waits, is refused or has just arrived."""
