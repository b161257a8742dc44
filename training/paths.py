"""Where training finds its data and leaves its work."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NER = SHARED / "data" / "ner"
GOLD = SHARED / "gold"
PRESS = SHARED / "press"
MODEL = ROOT / "src" / "mahdar" / "annotation" / "names" / "model"
