"""Further facts of events, and the zones, bodies and lists that a peace process sets up."""

from mahdar.extraction.details.arrangements import find_arrangements
from mahdar.extraction.details.events import add_details
from mahdar.extraction.details.instruments import tell_uses
from mahdar.extraction.details.tracks import assign_tracks

__all__ = ["add_details", "assign_tracks", "find_arrangements", "tell_uses"]
