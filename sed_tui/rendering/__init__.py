"""Rows to a table, JSON, CSV, XLSX and HTML."""
