"""Further facts of events, and the zones, bodies and lists that a peace process sets up."""

from mahdar.extraction.details.arrangements import find_arrangements
from mahdar.extraction.details.events import add_details
from mahdar.extraction.details.instruments import tell_uses

__all__ = ["add_details", "find_arrangements", "tell_uses"]
