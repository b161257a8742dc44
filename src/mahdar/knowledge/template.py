"""The beginning of a new pack: files with one commented example each."""

from __future__ import annotations

import re
from pathlib import Path

from mahdar.errors import KnowledgeError

_EXAMPLES = {
    "actors": '{"id": "john-doe", "type": "PER", "kind": "envoy", "country": "NO", "names": {"ar": '
    '["جون دو"], "en": ["John Doe"]}, "posts": [{"title": "envoy", "of": "norway", "start": '
    '"2020-01"}], "origin": {"kind": "memory"}}',
    "places": '{"id": "some-bridge", "kind": "crossing", "country": "SY", "names": {"ar": ["جسر ما"], '
    '"en": ["Some Bridge"]}, "lat": 35.0, "lon": 38.0, "origin": {"kind": "memory"}}',
    "instruments": '{"id": "some-accord", "kind": "agreement", "date": "2020-01-01", "names": {"ar": '
    '["اتفاق ما"], "en": ["Some Accord"]}, "parties": [], "origin": {"kind": "memory"}}',
    "processes": '{"id": "some-talks", "names": {"ar": ["محادثات ما"], "en": ["Some talks"]}, '
    '"countries": ["SY"], "tracks": [], "cues": [], "origin": {"kind": "memory"}}',
}


def write_template(folder: Path) -> list[Path]:
    """Make a folder with the files of a pack, examples as comments; return the files.

    Raises:
        KnowledgeError: the folder is there already, or its name is no slug.
    """
    name = folder.name
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise KnowledgeError(f"a pack's name is a-z, 0-9 and single hyphens, not {name!r}")
    if folder.exists():
        raise KnowledgeError(f"{folder} is there already")
    folder.mkdir(parents=True)
    files = [folder / "pack.toml"]
    files[0].write_text(
        f'name = "{name}"\ntitle = {{ ar = "{name}", en = "{name}" }}\nsummary = ""\n'
        'licence = ""\nsources = []\n',
        encoding="utf-8",
    )
    for kind, example in _EXAMPLES.items():
        path = folder / f"{kind}.jsonl"
        path.write_text(f"# {example}\n", encoding="utf-8")
        files.append(path)
    path = folder / "ambiguous.tsv"
    path.write_text("name\tids\trule\tnote\n", encoding="utf-8")
    return [*files, path]
