"""Guides of the program and instructions of the organization: read, searched, printed."""
