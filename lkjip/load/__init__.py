"""Writers: reports to Parquet, CSV and further places."""
