"""The map: what is told of each place on a day."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from mahdar.errors import SettingError
from mahdar.i18n import tr
from mahdar.views import EntryRow, Filters
from mahdar.views.daymap import LAYERS, DayMap, load_day_map, load_rows
from mahdar.views.fresh import find_present
from mahdar.views.truces import BREACH_DAYS
from mahdar.web.figures import format_date
from mahdar.web.house import House
from mahdar.web.questions import FiltersDep
from mahdar.web.registry import require
from mahdar.web.rendering import render
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter()
_DAYS = 60
"""Without a question the map shows so many days up to the record's present."""
_MOST_DAYS = 800
_ROWS = 60
Day = Annotated[str, Query(max_length=10, description="The day shown, ISO.")]
At = Annotated[str, Query(max_length=300, description="Key of the one place to list.")]


@dataclass(frozen=True, slots=True)
class MapData:
    """The days that the slider runs over (ISO), the day shown, and what is told of it.

    ``no_place``, ``unknown_place`` and ``no_day`` count entries of the stretch that are not on the map.
    """

    first: str
    last: str
    day: str
    at: str
    rows: tuple[EntryRow, ...]
    total: int
    marks: int
    no_place: int
    unknown_place: int
    no_day: int
    filters: Filters
    days: int
    processes: tuple[str, ...]


def load_map(house: HouseDep, filters: FiltersDep, day: Day = "", at: At = "") -> MapData:
    """What is told of each place on a day: violence, breaches, truces and zones."""
    first, last = find_stretch(house, filters)
    found = load_day_map(house.record, filters, first, last)
    shown = _clamp(day, first, last) if day else _busiest(found)
    return _list_day(house, filters, found, shown, at)


def load_day(house: HouseDep, filters: FiltersDep, day: Day = "", at: At = "") -> MapData:
    """What is told of each place on one day, without the days around it."""
    first, last = find_stretch(house, filters)
    shown = _clamp(day or last, first, last)
    return _list_day(house, filters, load_day_map(house.record, filters, shown, shown), shown, at)


def _list_day(house: House, filters: Filters, found: DayMap, day: str, at: str) -> MapData:
    marks = found.on(day, at or None)
    return MapData(
        first=found.first,
        last=found.last,
        day=day,
        at=at,
        rows=tuple(load_rows(house.record, marks, _ROWS)),
        total=sum(len(mark.entries) for mark in marks),
        marks=len(found.marks),
        no_place=found.no_place,
        unknown_place=sum(
            len(m.entries) for m in found.marks if m.place.key not in house.positions
        ),
        no_day=found.no_day,
        filters=filters,
        days=BREACH_DAYS,
        processes=tuple(house.knowledge.processes),
    )


def find_stretch(house: House, filters: Filters) -> tuple[str, str]:
    """Return the first and last ISO day of a map: those asked for, else the days up to the present.

    Raises:
        SettingError: a date that is none, days in the wrong order, or too many of them.
    """
    since, until = filters.first_day(), filters.last_day()
    last = date.fromisoformat(until) if until else None
    first = date.fromisoformat(since) if since else None
    if last is None:
        present = find_present(house.record)
        last = max(present, first + timedelta(days=_DAYS)) if first else present
    first = first or last - timedelta(days=_DAYS)
    if first > last:
        raise SettingError(f"from {first} to {last}: the end lies before. Mend: swap the two.")
    if (last - first).days > _MOST_DAYS:
        raise SettingError(
            f"from {first} to {last}: a map shows at most {_MOST_DAYS} days. Mend: ask for fewer."
        )
    return first.isoformat(), last.isoformat()


def _busiest(found: DayMap) -> str:
    """Return the latest day of which something is told to have happened, else the last one."""
    happened = (mark.last for mark in found.marks if mark.layer in ("incident", "breach"))
    return max((day for day in happened if day <= found.last), default=found.last)


def _clamp(day: str, first: str, last: str) -> str:
    try:
        return min(max(date.fromisoformat(day).isoformat(), first), last)
    except ValueError:
        raise SettingError(f"day {day}: not a day. Mend: give one as in 2015-08-03.") from None


@router.get("/map/day", include_in_schema=False, dependencies=[Depends(require("read"))])
def show_day(
    request: Request,
    visitor: VisitorDep,
    house: HouseDep,
    data: Annotated[MapData, Depends(load_day)],
) -> Response:
    """The list of one day, for the slider to put under the map."""
    return render(request, visitor, house, "map_day.html.j2", values={"page": None, "data": data})


@router.get(
    "/api/map/marks",
    tags=["record"],
    operation_id="map_marks",
    dependencies=[Depends(require("read"))],
)
def give_marks(house: HouseDep, visitor: VisitorDep, filters: FiltersDep) -> JSONResponse:
    """All marks of a stretch of days with their positions, for the picture."""
    first, last = find_stretch(house, filters)
    found = load_day_map(house.record, filters, first, last)
    places: dict[str, dict[str, Any]] = {}
    positions = house.positions
    marks = []
    for mark in found.marks:
        known = positions.get(mark.place.key)
        if known is None:
            continue
        places.setdefault(
            mark.place.key,
            {
                "name": mark.place.label(visitor.lang),
                "lat": known.lat,
                "lon": known.lon,
                "sort": known.sort,
            },
        )
        marks.append(
            {
                "layer": mark.layer,
                "place": mark.place.key,
                "first": max(mark.first, first),
                "last": min(mark.last, last),
                "count": len(mark.entries),
                "killed": mark.killed,
                "hollow": mark.hollow,
                "entry": mark.entries[0] if len(mark.entries) == 1 else None,
            }
        )
    day = timedelta(days=1)
    start = date.fromisoformat(first)
    count = (date.fromisoformat(last) - start).days + 1
    days = [(start + n * day).isoformat() for n in range(count)]
    lang = visitor.lang
    return JSONResponse(
        {
            "days": days,
            "shown": [format_date(each, lang, visitor.digits) for each in days],
            "places": places,
            "marks": marks,
            "layers": {layer: tr(f"web.map.layer.{layer}", lang) for layer in LAYERS},
            "words": {
                key: tr(f"web.map.{key}", lang)
                for key in ("killed", "area", "within", "hollow", "entries")
            },
        }
    )
