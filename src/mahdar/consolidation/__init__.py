"""Many readings into one record: claims about one happening become one entry. Pure functions."""
