"""What can be set at a seat, and the page to set it."""
