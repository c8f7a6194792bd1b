"""Between the stores and the backend: pushes the outbox, follows live changes, keeps the session fresh."""
