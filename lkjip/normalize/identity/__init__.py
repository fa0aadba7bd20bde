"""Who reports on what, and when: agency, region, year and kind of report."""
