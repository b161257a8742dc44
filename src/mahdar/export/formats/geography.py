"""Where a place of the record lies: coordinates, administrative units and country, from the packs."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.export.formats.data import load_rows
from mahdar.knowledge.load import Knowledge
from mahdar.knowledge.records import Place


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """ISO 3166-1 codes of a country, and the region under which ACLED files it."""

    alpha2: str
    alpha3: str
    numeric: str
    region: str


@dataclass(frozen=True, slots=True)
class Located:
    """A place with what the packs know of it; empty where they know nothing.

    ``lat`` and ``lon`` are WGS 84 degrees. ``admin1`` to ``admin3`` and ``country_name`` are names,
    English where there is one. ``acled``, ``ged`` are the precision codes of its kind; ``point`` says
    that the coordinates are the place itself rather than the middle of something wide.
    """

    key: str
    kind: str = ""
    ar: str = ""
    en: str = ""
    country: CountryCodes | None = None
    country_name: str = ""
    country_name_ar: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    parent: str = ""
    lat: float | None = None
    lon: float | None = None
    pcode: str = ""
    acled: int | None = None
    ged: int | None = None
    point: bool = False
    known: bool = False

    @property
    def placed(self) -> bool:
        """Whether it has coordinates."""
        return self.lat is not None and self.lon is not None


NOWHERE = Located("")


class Geography:
    """Answers for places by their key; each is worked out once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._found: dict[str, Located] = {}
        self._kinds = {row["kind"]: row for row in load_rows("place_precision")}
        self._countries = {
            row["alpha2"]: CountryCodes(row["alpha2"], row["alpha3"], row["numeric"], row["region"])
            for row in load_rows("countries")
        }

    def country(self, alpha2: str | None) -> CountryCodes | None:
        """Return the codes of a country, ``None`` for an unknown one."""
        return self._countries.get(alpha2 or "")

    def locate(self, key: str | None) -> Located:
        """Return a place; one that no pack knows has only its key."""
        if key is None:
            return NOWHERE
        if key not in self._found:
            place = self._knowledge.places.get(key)
            self._found[key] = Located(key) if place is None else self._locate(place)
        return self._found[key]

    def _locate(self, place: Place) -> Located:
        units = {
            unit.kind: _name(unit)
            for unit in reversed(self._above(place))
            if unit.kind in ("admin1", "admin2", "admin3")
        }
        row = self._kinds.get(place.kind)
        state = self._knowledge.places.get(self._knowledge.states.get(place.country or "", ""))
        return Located(
            key=place.id,
            kind=place.kind,
            ar=_first(place, "ar"),
            en=_first(place, "en"),
            country=self.country(place.country),
            country_name=_name(state) if state else "",
            country_name_ar=_first(state, "ar") if state else "",
            admin1=units.get("admin1", ""),
            admin2=units.get("admin2", ""),
            admin3=units.get("admin3", ""),
            parent=place.parent or "",
            lat=place.lat,
            lon=place.lon,
            pcode=place.pcode or "",
            acled=int(row["acled"]) if row else None,
            ged=int(row["ged"]) if row else None,
            point=bool(row and row["point"] == "1"),
            known=True,
        )

    def _above(self, place: Place) -> list[Place]:
        """Return the place and those it lies in, nearest first, without cycles."""
        out: list[Place] = []
        at: Place | None = place
        while at is not None and at not in out:
            out.append(at)
            at = self._knowledge.places.get(at.parent or "")
        return out


def _first(place: Place, lang: str) -> str:
    names = place.names.get(lang, ())
    return names[0] if names else ""


def _name(place: Place) -> str:
    return _first(place, "en") or _first(place, "ar") or place.id
