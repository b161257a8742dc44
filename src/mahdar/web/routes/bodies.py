"""Bodies and mechanisms: committees, delegations, monitors, channels, and who sits in them."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass

from mahdar.views import BodyRow, Filters, list_bodies, list_monitoring
from mahdar.views.bodies import MONITORING
from mahdar.web.judging import types_of
from mahdar.web.paging import cut_page
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep

_ZONES = frozenset(("de-escalation", "safe-zone", "buffer", "demilitarised", "no-fly"))
_LISTS = frozenset(("terrorist-list", "terrorist-label", "sanctions-list", "separation"))
KINDS = tuple(t for t in types_of("arrangement") if t not in _ZONES | _LISTS)
"""Types of arrangement that are bodies."""


@dataclass(frozen=True, slots=True)
class BodiesData:
    """A page of bodies. ``watching`` asks for those that watch over truces or keep parties in touch."""

    rows: tuple[BodyRow, ...]
    pager: Pager
    filters: Filters
    watching: bool
    kinds: tuple[str, ...]
    processes: tuple[str, ...]


def load_bodies(
    house: HouseDep, filters: FiltersDep, rows: RowsDep, watching: bool = False
) -> BodiesData:
    """Bodies and mechanisms, the most told of first."""
    view = list_monitoring if watching else list_bodies
    found = [
        row for row in view(house.record, filters) if not filters.type or row.kind == filters.type
    ]
    shown, pager = cut_page(found, rows)
    return BodiesData(
        rows=shown,
        pager=pager,
        filters=filters,
        watching=watching,
        kinds=tuple(kind for kind in KINDS if not watching or kind in MONITORING),
        processes=tuple(house.knowledge.processes),
    )
