"""Indonesian government performance reports, from PDF to proven tables."""

__version__ = "0.1.0"
