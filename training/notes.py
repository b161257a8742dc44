"""Work sheets for people who annotate articles, and their notes turned into readings.

A place in the text is written ``words@7``: the first time the words stand in sentence 7 of the sheet
(``words@7.2``: the second time). Notes change what the engine said of entities, dates and statements, and
list all events anew; training/ANNOTATING.md gives the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from mahdar.annotation.dates.edtf import parse_edtf
from mahdar.model import Act, EventType, Modality, Mode, Role, Setting
from mahdar.text.sentences import split_sentences

Json = dict[str, Any]
_FIELDS = {"act": get_args(Act), "mode": get_args(Mode), "setting": get_args(Setting)}
_PLACE = re.compile(r"^(?P<words>.+?)@(?P<sentence>\d+)(?:\.(?P<nth>\d+))?$", re.S)


class NotesError(ValueError):
    """A line of notes that cannot be followed; says which and why."""


def split_notes(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield article ids with their lines of notes."""
    name, lines = "", []
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("@ "):
            if name:
                yield name, lines
            name, lines = line[2:].strip(), []
        elif line and not line.startswith("//"):
            lines.append(line)
    if name:
        yield name, lines


class _Text:
    """An article's text by sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = list(split_sentences(text))

    def find(self, place: str) -> tuple[int, int]:
        """Return the span of ``words@sentence``."""
        found = _PLACE.match(place.strip())
        if not found:
            raise NotesError(f"«{place}» lacks its sentence (words@7)")
        number, nth = int(found["sentence"]), int(found["nth"] or 1)
        if not 1 <= number <= len(self.sentences):
            raise NotesError(f"there is no sentence {number} («{place}»)")
        start, end = self.sentences[number - 1]
        at = start - 1
        for _ in range(nth):
            at = self.text.find(found["words"], at + 1)
            if at < 0 or at + len(found["words"]) > end:
                raise NotesError(
                    f"«{found['words']}» does not stand {nth} time(s) in sentence {number}"
                )
        return at, at + len(found["words"])

    def stretch(self, place: str) -> Json:
        """Return the span from ``first words@7`` to ``last words@8``, written ``first@7 … last@8``."""
        parts = re.split(r"\s*(?:…|\.\.\.)\s*", place)
        if len(parts) > 2:
            raise NotesError(f"«{place}» has more than one …")
        start, end = self.find(parts[0])
        if len(parts) == 2:
            end = self.find(parts[1])[1]
        if end <= start:
            raise NotesError(f"«{place}» ends before it begins")
        return {"start": start, "end": end}

    def name(self, start: int, end: int) -> str:
        """Return ``words@sentence`` of a span."""
        for n, (s, e) in enumerate(self.sentences, start=1):
            if s <= start < e:
                nth = self.text[s:start].count(self.text[start:end]) + 1
                return f"{self.text[start:end]}@{n}" + (f".{nth}" if nth > 1 else "")
        return self.text[start:end]


def render_sheet(raw: Json, reading: Json, *, bare: bool = False) -> str:
    """Return the work sheet of an article: sentences by number, then what the engine says.

    A ``bare`` one is for new annotations of events: it shows only which words may tell events, so that
    the engine's answers do not become the annotator's.
    """
    text = _Text(raw["text"])
    out = [f"@ {raw['id']}   // {raw.get('publisher')} published {raw.get('published')}"]
    out += [f"[{n}] {raw['text'][s:e].strip()}" for n, (s, e) in enumerate(text.sentences, start=1)]
    out.append("// entities")
    for e in reading["entities"]:
        named = [text.name(m["start"], m["end"]) for m in e["mentions"] if m["kind"] == "named"]
        nominal = [text.name(m["start"], m["end"]) for m in e["mentions"] if m["kind"] == "nominal"]
        kb = f" ({e['kb']})" if e.get("kb") else ""
        out.append(
            f"{e['id']} {e['type']}{kb} | {' ; '.join(named)}"
            + (f" || {' ; '.join(nominal)}" if nominal else "")
        )
    out.append("// dates")
    out.append(
        " ; ".join(f"{text.name(d['start'], d['end'])} = {d['value']}" for d in reading["dates"])
    )
    if not bare:
        out.append("// statements")
        for s in reading["statements"]:
            parts = []
            for c in s["content"]:
                words = raw["text"][c["start"] : c["end"]]
                parts.append(words if len(words) < 50 else f"{words[:22]} … {words[-22:]}")
            out.append(
                f"{s['id']} {text.name(s['cue']['start'], s['cue']['end'])} | speaker={','.join(s['speakers'])} | act={s['act']}"
                f" | mode={s['mode']} | via={','.join(s['via'])} | setting={s['setting']} | «{' / '.join(parts)}»"
            )
    out.append("// events")
    for v in reading["events"]:
        triggers = " ; ".join(text.name(t["start"], t["end"]) for t in v["triggers"])
        if bare:
            out.append(f"v {v['type']} | {triggers}")
            continue
        who = ", ".join(f"{p['entity']} {p['role']}" for p in v["participants"])
        toll = (
            f" | {v['killed'] if v['killed'] is not None else '-'}/{v['injured'] if v['injured'] is not None else '-'}"
            if v.get("killed") is not None or v.get("injured") is not None
            else ""
        )
        out.append(
            f"v {v['type']} | {triggers} | {who or '-'} | {v['place'] or '-'} | {v['time'] or '-'} | {v['modality']}{toll}"
        )
    return "\n".join(out) + "\n"


def compile_notes(raw: Json, reading: Json, lines: Iterable[str]) -> Json:
    """Return the reading that notes make of the engine's.

    Raises:
        NotesError: a line that cannot be followed.
    """
    text = _Text(raw["text"])
    entities = {
        e["id"]: {"id": e["id"], "type": e["type"], "mentions": [dict(m) for m in e["mentions"]]}
        for e in reading["entities"]
    }
    state: Json = {
        "entities": entities,
        "dates": [{k: d[k] for k in ("start", "end", "value")} for d in reading["dates"]],
        "statements": {
            s["id"]: {
                k: s[k] for k in ("speakers", "cue", "content", "mode", "act", "via", "setting")
            }
            for s in reading["statements"]
        },
        "events": [],
    }
    merged: dict[str, str] = {}
    for line in lines:
        kind, _, rest = line.partition(" ")
        try:
            _RULES[kind](text, state, merged, rest.strip())
        except KeyError as error:
            raise NotesError(f"«{line}»: unknown {error}") from error
        except NotesError as error:
            raise NotesError(f"«{line}»: {error}") from error
    for old, new in merged.items():
        entities[new]["mentions"] += entities.pop(old)["mentions"]
    named = {**{e: e for e, entity in entities.items() if entity["mentions"]}, **merged}
    for s in state["statements"].values():
        s["speakers"] = _known(named, s["speakers"])
        s["via"] = _known(named, s["via"])
    for v in state["events"]:
        for p in v["participants"]:
            p["entity"] = _known(named, [p["entity"]])[0]
        if v["place"]:
            v["place"] = _known(named, [v["place"]])[0]
    plain = lambda rows: [{k: r[k] for k in ("start", "end", "id") if k in r} for r in rows]  # noqa: E731
    return {
        "id": raw["id"],
        "offsets": True,
        "entities": [e for e in entities.values() if e["mentions"]],
        "dates": sorted(state["dates"], key=lambda d: d["start"]),
        "statements": sorted(state["statements"].values(), key=lambda s: s["cue"]["start"]),
        "events": state["events"],
        "instruments": plain(reading["instruments"]),
        "noise": plain(reading["noise"]),
    }


def _is_edtf(value: str) -> bool:
    """Tell whether a value is EDTF, an open interval (``2013/..``) too."""
    return parse_edtf(value.removesuffix("/..").removeprefix("../")) is not None


def _known(named: dict[str, str], ids: list[str]) -> list[str]:
    for each in ids:
        if each not in named:
            raise NotesError(f"entity {each} is not there (dropped, or no mention left)")
    return [named[each] for each in ids]


def _mentions(text: _Text, rest: str) -> list[Json]:
    named, _, nominal = rest.partition("||")
    out = []
    for kind, part in (("named", named), ("nominal", nominal)):
        for place in filter(None, (p.strip() for p in part.split(";"))):
            start, end = text.find(place)
            out.append({"start": start, "end": end, "kind": kind})
    return out


def _new_entity(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    head, _, tail = rest.partition("|")
    name, type_ = head.split()
    if type_ not in ("PER", "ORG", "LOC") or name in state["entities"]:
        raise NotesError("a new entity needs a new id and PER, ORG or LOC")
    state["entities"][name] = {"id": name, "type": type_, "mentions": []}
    _add_mentions(text, state, merged, f"{name} |{tail}")


def _displaces(new: Json, old: Json) -> bool:
    """Tell whether a mention takes another's place: both named or both nominal, or the same words.

    A name inside a nominal («مسؤول في وزارة الدفاع») stays.
    """
    overlap = old["start"] < new["end"] and new["start"] < old["end"]
    same = (old["start"], old["end"]) == (new["start"], new["end"])
    return same or (overlap and old["kind"] == new["kind"])


def _add_mentions(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    head, _, tail = rest.partition("|")
    entity = state["entities"][head.strip()]
    for mention in _mentions(text, tail):
        for other in state["entities"].values():
            other["mentions"] = [m for m in other["mentions"] if not _displaces(mention, m)]
        entity["mentions"].append(mention)


def _drop(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    head, _, tail = rest.partition("|")
    entity = state["entities"][head.strip()]
    gone = {(m["start"], m["end"]) for m in _mentions(text, tail)} if tail.strip() else None
    entity["mentions"] = [
        m for m in entity["mentions"] if gone is not None and (m["start"], m["end"]) not in gone
    ]


def _merge(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    keep, *others = rest.split()
    for other in others:
        _ = state["entities"][keep], state["entities"][other]
        merged[other] = keep


def _date(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    place, _, value = rest.rpartition("=")
    start, end = text.find(place)
    if not _is_edtf(value.strip()):
        raise NotesError(f"{value} is not EDTF")
    state["dates"] = [d for d in state["dates"] if not (d["start"] < end and start < d["end"])]
    state["dates"].append({"start": start, "end": end, "value": value.strip()})


def _drop_date(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    start, end = text.find(rest)
    state["dates"] = [d for d in state["dates"] if not (d["start"] < end and start < d["end"])]


def _fill(text: _Text, statement: Json, parts: Iterable[str]) -> None:
    for part in filter(None, (p.strip() for p in parts)):
        key, _, value = part.partition("=")
        key, value = key.strip(), value.strip()
        if key in ("speaker", "via"):
            statement["speakers" if key == "speaker" else "via"] = [
                v.strip() for v in value.split(",") if v.strip()
            ]
        elif key == "cue":
            start, end = text.find(value)
            statement["cue"] = {"start": start, "end": end}
        elif key == "content":
            statement["content"] = [text.stretch(v) for v in value.split("//")]
        elif value in _FIELDS.get(key, ()):
            statement[key] = value
        else:
            raise NotesError(f"{key}={value} is not allowed")


def _change_statement(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    name, _, tail = rest.partition("|")
    _fill(text, state["statements"][name.strip()], tail.split("|"))


def _add_statement(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    statement: Json = {"speakers": [], "via": [], "setting": "unknown"}
    _fill(text, statement, rest.split("|"))
    missing = [k for k in ("cue", "content", "mode", "act") if k not in statement]
    if missing:
        raise NotesError(f"a new statement lacks {', '.join(missing)}")
    state["statements"][f"+{statement['cue']['start']}.{len(state['statements'])}"] = statement


def _drop_statement(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    del state["statements"][rest.strip()]


def _event(text: _Text, state: Json, merged: dict[str, str], rest: str) -> None:
    cells = [c.strip() for c in rest.split("|")]
    if len(cells) not in (6, 7):
        raise NotesError(
            "an event has type | triggers | participants | place | time | modality [| killed/injured]"
        )
    type_, triggers, who, place, time, modality = cells[:6]
    if type_ not in get_args(EventType) or modality not in get_args(Modality):
        raise NotesError(f"{type_} or {modality} is not allowed")
    if time != "-" and not _is_edtf(time):
        raise NotesError(f"{time} is not EDTF")
    participants = []
    for each in filter(None, (w.strip() for w in who.split(","))):
        if each != "-":
            entity, role = each.split()
            if role not in get_args(Role):
                raise NotesError(f"{role} is not a role")
            participants.append({"entity": entity, "role": role})
    toll: list[int | None] = [None, None]
    if len(cells) == 7:
        toll = [int(x) if x.strip().isdigit() else None for x in cells[6].split("/")]
    state["events"].append(
        {
            "type": type_,
            "triggers": [
                dict(zip(("start", "end"), text.find(t), strict=True)) for t in triggers.split(";")
            ],
            "participants": participants,
            "place": None if place == "-" else place,
            "time": None if time == "-" else time,
            "modality": modality,
            "killed": toll[0],
            "injured": toll[1],
        }
    )


_RULES = {
    "e": _new_entity,
    "e+": _add_mentions,
    "e-": _drop,
    "e=": _merge,
    "d": _date,
    "d-": _drop_date,
    "s": _change_statement,
    "s+": _add_statement,
    "s-": _drop_statement,
    "v": _event,
}
