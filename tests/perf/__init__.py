"""Benchmarks: speed and memory, as ratios to a floor where one exists. Not part of the test suite."""
