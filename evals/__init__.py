"""Question sets, metrics, comparison with a baseline, benchmarks."""
