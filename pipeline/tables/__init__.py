"""Files of rows that users bring and take away: CSV, JSON Lines and Parquet, read and written piece by piece."""
