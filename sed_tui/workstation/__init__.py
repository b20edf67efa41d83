"""Checks of the user's machine: probes read facts, rules judge them, steps mend."""
