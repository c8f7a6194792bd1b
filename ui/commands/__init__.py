"""Commands as data: registry, the frame's own commands, and running them."""
