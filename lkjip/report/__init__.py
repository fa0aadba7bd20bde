"""A report to look at: what a run read and proved, as one HTML file."""
