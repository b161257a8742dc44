"""What happened: events with triggers, participants, place, time and modality."""

from mahdar.extraction.events.find import find_events

__all__ = ["find_events"]
