"""Screens, a module per noun."""
