"""Products, departments and the knip of this municipality."""
