"""Record to the forms other tools read."""
