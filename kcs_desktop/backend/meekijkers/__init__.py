"""Who is at which customer right now: "Fatima is aan het typen". Kept for seconds, shared by all workers."""
