"""Official correspondence of many organizations: records, assignments, control and exchange."""

__version__ = "0.1.0"
