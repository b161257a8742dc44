"""Ceasefires and zones: how it stands with each by date, and what is told to have broken it."""

# No postponed annotations here: FastAPI reads them.
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from mahdar.i18n import tr, tr_code
from mahdar.views import CeasefireRow, EntryRow, Filters, Ref, ZoneRow, list_ceasefires, list_zones
from mahdar.views.fresh import find_present
from mahdar.views.truces import BREACH_DAYS
from mahdar.web.figures import format_date
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.visitor import HouseDep, Visitor, VisitorDep

router = APIRouter()
_BARS = 24
_AHEAD_DAYS = 400
"""A bar ends at most so long after the record does."""
_GONE = frozenset(("ended", "lifted"))


@dataclass(frozen=True, slots=True)
class CeasefiresData:
    """Ceasefires, the latest first, and zones, the most told of first."""

    rows: tuple[CeasefireRow, ...]
    pager: Pager
    zones: tuple[ZoneRow, ...]
    filters: Filters
    days: int
    processes: tuple[str, ...]


def load_ceasefires(house: HouseDep, filters: FiltersDep, rows: RowsDep) -> CeasefiresData:
    """Ceasefires and zones: status by date, terms, guarantors and the breaches reported."""
    found = list_ceasefires(house.record, filters)
    found.sort(key=lambda row: (row.first or "", row.articles), reverse=True)
    return CeasefiresData(
        rows=tuple(found[rows.offset : rows.offset + rows.size]),
        pager=Pager(rows.page, rows.size, len(found)),
        zones=tuple(list_zones(house.record, filters)),
        filters=filters,
        days=BREACH_DAYS,
        processes=tuple(house.knowledge.processes),
    )


@router.get(
    "/api/ceasefires/bars",
    tags=["record"],
    operation_id="ceasefires_bars",
    dependencies=[Depends(require("read"))],
)
def give_bars(house: HouseDep, visitor: VisitorDep, filters: FiltersDep) -> JSONResponse:
    """The best attested truces and zones as bars of status with their breaches, for the picture."""
    record = house.record
    end = (find_present(record) + timedelta(days=_AHEAD_DAYS)).isoformat()
    truces = [row for row in list_ceasefires(record, filters) if row.first]
    zones = [zone for zone in list_zones(record, filters) if any(s.day for s in zone.history)]
    kept = sorted(truces, key=lambda row: (-len(row.breaches), -row.articles, row.id))[:_BARS]
    bars = [_truce_bar(row, visitor, end) for row in kept]
    bars += [_zone_bar(zone, visitor, end) for zone in zones[:_BARS]]
    bars.sort(key=lambda bar: (bar["kind"] != "truce", bar["segments"][0]["first"]))
    return JSONResponse(
        {"bars": bars, "left_out": len(truces) + len(zones) - len(bars), "present": end}
    )


def _truce_bar(row: CeasefireRow, visitor: Visitor, end: str) -> dict[str, Any]:
    lang = visitor.lang
    first = row.first or ""
    last = row.last or _shift(first, BREACH_DAYS)
    where = row.scope.label(lang) if row.scope else ""
    who = _names([ref for ref in row.declarers if ref != row.scope], lang)
    status = tr_code("truce", row.status, lang)
    segment = {
        "first": first,
        "last": max(first, min(last, end)),
        "open": row.last is None,
        "status": row.status,
        "label": status,
        "day": format_date(row.time or first, lang, visitor.digits),
        "href": f"/entries/{row.id}",
    }
    return {
        "kind": "truce",
        "name": tr("web.ceasefires.of", lang, place=where, who=who)
        if where and who
        else where or who or tr("web.ceasefires.nowhere", lang),
        "segments": [segment],
        "breaches": list(_breaches(row.breaches, visitor)),
    }


def _zone_bar(zone: ZoneRow, visitor: Visitor, end: str) -> dict[str, Any]:
    lang = visitor.lang
    dated = [stage for stage in zone.history if stage.day]
    segments = []
    for n, stage in enumerate(dated):
        first = stage.day or ""
        later = next((s.day for s in dated[n + 1 :] if s.day), None)
        unknown = later is None and stage.status not in _GONE
        last = later or (_shift(first, BREACH_DAYS) if unknown else first)
        segments.append(
            {
                "first": first,
                "last": max(first, min(last, end)),
                "open": unknown,
                "status": stage.status,
                "label": tr_code("status", stage.status, lang),
                "day": format_date(stage.time or first, lang, visitor.digits),
                "href": f"/entries/{stage.entry.id}",
            }
        )
    kind = tr_code("arrangement", zone.kind, lang)
    return {
        "kind": "zone",
        "name": f"{kind}: {zone.place.label(lang)}" if zone.place else kind,
        "segments": segments,
        "breaches": list(_breaches(zone.breaches, visitor)),
    }


def _breaches(rows: Sequence[EntryRow], visitor: Visitor) -> Iterator[dict[str, Any]]:
    for row in rows:
        if row.day:
            yield {
                "day": row.day,
                "label": tr_code("event", row.type, visitor.lang),
                "when": format_date(row.time or row.day, visitor.lang, visitor.digits),
                "who": _names(row.people(), visitor.lang),
                "href": f"/entries/{row.id}",
            }


def _names(refs: Sequence[Ref], lang: str) -> str:
    return ("، " if lang == "ar" else ", ").join(ref.label(lang) for ref in refs[:3])


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
