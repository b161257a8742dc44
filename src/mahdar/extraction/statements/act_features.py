"""Features that tell what a statement does: assert, deny, demand, ..."""

from __future__ import annotations

from mahdar.extraction.statements.act_words import act_classes
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import View

_OPENING_WORDS = 6
_READ_WORDS = 40


def act_features(view: View, draft: Draft) -> list[str]:
    """Return the features of a statement's act: its cue, its first words, telling words inside."""
    words = view.words
    candidate = draft.candidate
    form = candidate.form
    frame = candidate.complement.frame
    lemma = form.verb.lemma if form else frame
    prior = form.verb.act if form else "assert"
    out = ["bias", f"lemma={lemma}", f"prior={prior}", f"frame={frame}", f"prior={prior}|{frame}"]
    if form is not None:
        out.append(f"kind={form.kind}")
        if form.future:
            out.append("future")
    if view.line[candidate.first] == 0:
        out.append("title")
    norm = words.norm
    last = min(draft.last, draft.first + _READ_WORDS)
    seen: set[str] = set()
    near: set[str] = set()
    for at in range(draft.first, last + 1):
        names = act_classes(norm[at])
        seen.update(names)
        if at < draft.first + _OPENING_WORDS:
            near.update(names)
    for name in sorted(near):
        out.append(f"near={name}")
        out.append(f"near={name}|{prior}")
    out.extend(f"has={name}" for name in sorted(seen))
    first = norm[draft.first]
    if first[:1] == "س" and len(first) > 4 and first[1] in "ينتا":
        out.append("first=future")
    if not seen:
        out.append(f"plain|{prior}")
    return out
