"""Benchmarks: ours against the raw limit and against peers, in one interleaved run, as ratios."""
