"""The encrypted stores of the seat: what registers confirmed in one file, the employee's own work in another."""
