"""A small record with hostile texts and names, and a browser's way of sending forms."""

from __future__ import annotations

import re
from copy import copy
from pathlib import Path
from typing import Any

import made_readings
from fastapi.testclient import TestClient
from httpx import Response
from made_readings import make_reading, meeting

from mahdar.consolidation.reference import Reference
from mahdar.model import Reading
from mahdar.store import Record, add_readings, consolidate_record, create_record, prepare_reading
from mahdar.web import House, create_app

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
made_readings.NAMES["evil"] = ("PER", f"سمير{SCRIPT}", f"Samir{IMAGE}", None)

DISPATCH = (
    "أعلن الجانبان أمس في الدوحة أن اللجنة المشتركة ستعقد جلستها الأولى الأسبوع المقبل بحضور ممثلين عن"
    " المنظمات الدولية، وأن جدول الأعمال يشمل فتح الطرق وتبادل القوائم وتسيير القوافل إلى المدن المحاصرة"
)


def readings() -> list[Reading]:
    """Return readings of a few articles: meetings told twice, a truce and its breach, copies, an attack on the page."""
    return [
        meeting(
            "aawsat", "لقاء في الخليج\n\nالتقى كيري لافروف في الدوحة أمس وبحثا الأزمة السورية."
        ),
        meeting("sabq", "الدوحة: كيري التقى لافروف وناقشا الملف النووي في ساعتين."),
        make_reading(
            "هدنة في تعز\n\nأعلن الحوثيون هدنة في تعز لأسبوعين. وقالت مصادر إن الهدنة خُرقت في تعز.",
            publisher="okaz",
            published="2015-08-05",
            events=[
                {
                    "type": "CEASEFIRE",
                    "trigger": "هدنة في تعز لأسبوعين",
                    "who": ("houthis",),
                    "place": "taiz",
                    "time": "2015-08-05/2015-08-19",
                    "processes": ("yemen",),
                },
                {
                    "type": "VIOLATION",
                    "trigger": "خُرقت",
                    "who": ("houthis",),
                    "place": "taiz",
                    "time": "2015-08-06",
                },
            ],
            statements=[{"who": ["source:x"], "cue": "وقالت", "content": "إن الهدنة خُرقت في تعز"}],
        ),
        make_reading(
            f"العنوان {SCRIPT}\n\nقال سمير{SCRIPT} إن الاتفاق {IMAGE} قائم. وسيفتح الطرق.",
            publisher=f"صحيفة{IMAGE}",
            published="2015-08-07",
            statements=[{"who": ["evil"], "cue": "قال", "content": f"إن الاتفاق {IMAGE} قائم"}],
            commitments=[{"who": ["evil"], "act": "وسيفتح الطرق", "due": "2015-09-15"}],
        ),
        make_reading(f"خبر أول\n\n{DISPATCH}.", publisher="okaz", published="2015-08-07"),
        make_reading(
            f"خبر ثان\n\n{DISPATCH} قبل نهاية الشهر.", publisher="sabq", published="2015-08-07"
        ),
    ]


def make_record(path: Path | str, given: list[Reading] | None = None) -> Record:
    """Return a new record of ``readings()``, or of what is given."""
    record = create_record(path)
    add_readings(record, [prepare_reading(r) for r in (readings() if given is None else given)])
    consolidate_record(record, reference=Reference(parents={"taiz": "yemen"}))
    return record


class Browser:
    """A client with a session: it reads the page's token and sends it with forms."""

    def __init__(self, record: Record, inbox: Path, **house: Any) -> None:
        self.app = create_app(House(record, house.pop("owner", "salma"), inbox, **house))
        self.inbox = self.app.state.inbox
        self.client = self._client()

    def _client(self) -> TestClient:
        return TestClient(self.app, base_url="http://localhost", follow_redirects=False)

    def another(self) -> Browser:
        """Return another session with the same application."""
        other = copy(self)
        other.client = self._client()
        return other

    def get(self, path: str, **given: Any) -> Response:
        """Return the answer to a question."""
        return self.client.get(path, **given)

    def token(self) -> str:
        """Return what this session's forms carry."""
        found = re.search(r'<meta name="csrf" content="([0-9a-f]{64})">', self.get("/help").text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **given: Any) -> Response:
        """Send a form as a page of this session does."""
        return self.client.post(path, data={"csrf": self.token(), **(data or {})}, **given)
