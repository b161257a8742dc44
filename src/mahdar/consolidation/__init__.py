"""Readings to record: copies of one dispatch, one happening told by many, one actor under many names."""
