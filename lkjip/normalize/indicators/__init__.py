"""Performance tables: indicators with target, realisasi and capaian."""
