"""A small record of known content for the exports' tests, and how their files are read back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from made_readings import make_reading, meeting

from mahdar.export.formats import Exported
from mahdar.model import Reading

FORMULA = "=cmd|' /C calc'!A0"
READINGS: list[Reading] = [
    meeting("aawsat", "لقاء في الخليج\n\nالتقى كيري لافروف في الدوحة أمس وبحثا الأزمة السورية."),
    meeting("sabq", "الدوحة: كيري التقى لافروف وناقشا الملف النووي في ساعتين."),
    make_reading(
        "قال كيري، وفق رويترز، إن الاتفاق مع طهران يمنع انتشار السلاح في المنطقة، ثم سكت.",
        publisher="okaz",
        statements=[
            {
                "who": ["john-kerry"],
                "cue": "قال",
                "content": "الاتفاق مع طهران يمنع انتشار السلاح في المنطقة",
                "via": ["reuters"],
                "act": "praise",
            }
        ],
        commitments=[{"who": ["john-kerry"], "act": "يمنع انتشار السلاح", "due": "2015-09-15"}],
    ),
    make_reading(
        'قالت مصادر: -واحد، اثنان؛ "ثلاثة" سطر\nوسطر آخر. ويلتقي كيري الجبير في عدن الأحد.',
        publisher=FORMULA,
        statements=[
            {"who": ["source:x"], "cue": "قالت", "content": '-واحد، اثنان؛ "ثلاثة" سطر\nوسطر آخر'}
        ],
        events=[
            {
                "type": "MEET",
                "trigger": "ويلتقي",
                "who": ("john-kerry", "adel-al-jubeir"),
                "place": "aden",
                "time": "2015-08-09",
                "modality": "planned",
                "processes": ("yemen-un-talks",),
            }
        ],
    ),
    make_reading(
        "قتل 12 شخصا في غارة على تعز الأحد نفذها الحوثيون.",
        publisher="okaz",
        events=[
            {
                "type": "ATTACK",
                "trigger": "غارة",
                "who": ["houthis"],
                "place": "taiz",
                "time": "2015-08-02",
                "subtype": "air-strike",
                "killed": 12,
                "injured": 3,
            }
        ],
    ),
    make_reading(
        "سقط 15 قتيلا في غارة على تعز الأحد شنها الحوثيون بحسب واس.",
        publisher="sabq",
        agency=["spa"],
        events=[
            {
                "type": "ATTACK",
                "trigger": "غارة",
                "who": ["houthis"],
                "place": "taiz",
                "time": "2015-08-02",
                "subtype": "air-strike",
                "killed": 15,
            }
        ],
    ),
    make_reading(
        "15 قتيلا في غارة للحوثيين على تعز يوم الأحد.",
        publisher="alriyadh",
        events=[
            {
                "type": "ATTACK",
                "trigger": "غارة",
                "who": ["houthis"],
                "place": "taiz",
                "time": "2015-08-02",
                "subtype": "air-strike",
                "killed": 15,
            }
        ],
    ),
    make_reading(
        "أعلن الحوثيون هدنة إنسانية في تعز بمناسبة العيد.",
        published="2015-08-01",
        events=[
            {
                "type": "CEASEFIRE",
                "trigger": "هدنة",
                "who": ["houthis"],
                "place": "taiz",
                "time": "2015-08-01/2015-08-05",
                "subtype": "declared",
            }
        ],
    ),
    make_reading(
        "وصلت مساعدات إلى اليمن هذا العام.",
        published="2015-08-05",
        events=[
            {"type": "AID", "trigger": "مساعدات", "place": "yemen", "time": "2015", "who": ["spa"]}
        ],
    ),
]

Export = Callable[..., Exported]


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, as a spreadsheet takes them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


TEXTS = {reading.article.sha256: reading.article.text for reading in READINGS}
