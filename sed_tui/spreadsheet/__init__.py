"""Spreadsheets as people make them, read into plain rows."""
