"""Knowledge packs: actors, places, instruments and processes as data files, with their loader."""
