"""GeoJSON, HXL, Web Annotations and iCalendar: read back as their own readers do."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_exports import TEXTS, Export

from mahdar.export.formats.annotations import select_quote
from mahdar.export.formats.calendar import fold_line
from mahdar.model import Span
from mahdar.store import Record


def test_geojson(export: Export) -> None:
    done = export("geojson", "talks.geojson")
    collection = json.loads(done.out.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    features = {f["id"]: f for f in collection["features"]}
    assert len(features) == len(collection["features"]) == 4
    for feature in features.values():
        lon, lat = feature["geometry"]["coordinates"]
        assert 40 < lon < 55, "longitude comes first"
        assert 10 < lat < 30
        told = feature["properties"]
        assert told["precision"] == "point"
        assert told["claims"]
        assert told["standing"]
    assert done.left_out.counts["no_coordinates", "country"] == 1
    assert {d for (r, d) in done.left_out.counts if r == "no_place"} == {"statement", "commitment"}


def test_geojson_titles_speak_the_language(export: Export) -> None:
    for lang, word in (("ar", "لقاء: كيري"), ("en", "meeting: John Kerry")):
        features = json.loads(export("geojson", lang, lang=lang).out.read_text(encoding="utf-8"))
        assert any(f["properties"]["title"].startswith(word) for f in features["features"])


def test_an_empty_map_is_still_a_map(export: Export) -> None:
    from mahdar.views import Filters

    done = export("geojson", "none.geojson", filters=Filters(actor="nobody at all"))
    assert json.loads(done.out.read_text(encoding="utf-8"))["features"] == []


def test_hxl(export: Export) -> None:
    hxl = pytest.importorskip("hxl", reason="LIBHXL NOT INSTALLED: it is among the `dev` extras")
    out = export("hxl").out
    source = hxl.data(str(out / "incidents.csv"), hxl.InputOptions(allow_local=True))
    rows = list(source)
    assert [row.get("#event+type") for row in rows] == ["ATTACK"]
    (row,) = rows
    assert row.get("#affected+killed+min") == "12"
    assert row.get("#affected+killed+max") == "15"
    assert row.get("#country+code+v_iso2") == "YE"
    assert row.get("#date+start") == "2015-08-02"
    assert row.get("#loc+name+i_ar") == "تعز"
    assert row.get("#event+standing") == "independently_confirmed"
    aid = list(hxl.data(str(out / "humanitarian.csv"), hxl.InputOptions(allow_local=True)))
    assert [r.get("#event+type") for r in aid] == ["AID"]


def test_hxl_tags_stand_under_the_heads(export: Export) -> None:
    with (export("hxl").out / "incidents.csv").open(encoding="utf-8-sig", newline="") as stream:
        heads, tags, *_ = csv.reader(stream)
    assert len(heads) == len(tags)
    assert all(tag.startswith("#") for tag in tags)


def annotations(path: Path) -> list[dict[str, Any]]:
    page = json.loads(path.read_text(encoding="utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    return list(page["items"])


def find_quote(text: str, selector: dict[str, str]) -> list[int]:
    """Return where a TextQuoteSelector matches, as an annotation client looks for it."""
    whole = selector["prefix"] + selector["exact"] + selector["suffix"]
    found, at = [], text.find(whole)
    while at >= 0:
        found.append(at + len(selector["prefix"]))
        at = text.find(whole, at + 1)
    return found


def test_anchors_find_the_same_characters(export: Export, record: Record) -> None:
    items = annotations(export("annotations", "a.jsonld").out)
    assert len(items) == record.counts()["claims"]
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item["type"] == "Annotation"
        for target in item["target"]:
            text = TEXTS[target["source"]["id"].removeprefix("urn:mahdar:article:")]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert position["start"] in find_quote(text, quote)


@given(st.text("ابج \u064e\u200f🙂x", min_size=1, max_size=60), st.data())
def test_quotes_of_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = select_quote(text, Span(start, end))
    assert start in find_quote(text, selector)
    assert selector["exact"] == text[start:end]


def test_bodies_say_what_is_claimed(export: Export) -> None:
    items = annotations(export("annotations", "a.jsonld").out)
    (said,) = [
        i
        for i in items
        if "reuters" in i.get("chain", ()) and i["body"][0]["value"].startswith("statement")
    ]
    by_lang = {b["language"]: b["value"] for b in said["body"] if "language" in b}
    assert by_lang["en"] == "reported statement (praises): John Kerry · okaz ← Reuters ← John Kerry"
    assert by_lang["ar"].endswith("okaz ← رويترز ← كيري")


def test_calendar(export: Export) -> None:
    icalendar = pytest.importorskip("icalendar", reason="ICALENDAR NOT INSTALLED: see `dev`")
    done = export("ical", "talks.ics", lang="ar")
    calendar = icalendar.Calendar.from_ical(done.out.read_bytes())
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    assert len(events) == 2
    (meeting,) = [e for e in events.values() if "لقاء" in e["SUMMARY"]]
    assert meeting["DTSTART"].dt == date(2015, 8, 9)
    assert meeting["DTEND"].dt == date(2015, 8, 10), "the end of a whole day is the next"
    assert str(meeting["SUMMARY"]) == "لقاء: كيري، الجبير"
    assert str(meeting["STATUS"]) == "TENTATIVE"
    assert str(meeting["LOCATION"]) == "عدن"
    (due,) = [e for e in events.values() if "التزام" in e["SUMMARY"]]
    assert due["DTSTART"].dt == date(2015, 9, 15)
    assert "يمنع انتشار السلاح" in str(due["SUMMARY"])
    assert all(uid.endswith("@mahdar") for uid in events)
    assert not calendar.errors
    again = icalendar.Calendar.from_ical(calendar.to_ical())
    assert [e["UID"] for e in again.walk("VEVENT")] == list(events)


def test_calendar_lines_are_short_and_end_well(export: Export) -> None:
    raw = export("ical", "talks.ics").out.read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_folded_lines_unfold(text: str) -> None:
    line = f"SUMMARY:{text}"
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == line + "\r\n"
    for part in folded.removesuffix("\r\n").split("\r\n"):
        assert len(part.encode()) <= 75


@pytest.mark.parametrize(
    "text",
    ["أ;ب,ج\\د", "سطر\nوسطر", '«نص»: "قول"', "x" * 200, "🙂" * 60],
)
def test_escaped_texts_come_back(text: str) -> None:
    icalendar = pytest.importorskip("icalendar", reason="ICALENDAR NOT INSTALLED: see `dev`")
    from mahdar.export.formats.calendar import _text

    lines = [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        _text("SUMMARY", text),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    raw = "".join(map(fold_line, lines))
    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["SUMMARY"]) == text
