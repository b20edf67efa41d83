"""The rules: plain Python, no clock, no input or output."""
