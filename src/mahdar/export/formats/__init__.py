"""A record written in the formats that other tools open: one module per format."""

from mahdar.export.formats.export import Exported, export_record
from mahdar.export.formats.registry import FORMATS, Format
from mahdar.export.formats.request import TLP, Request

__all__ = ["FORMATS", "TLP", "Exported", "Format", "Request", "export_record"]
