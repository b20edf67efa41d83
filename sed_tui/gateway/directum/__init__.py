"""Workbooks of Directum RX loaded through operations, each row into its own organization."""
