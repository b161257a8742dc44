"""Features that tell what a statement does: assert, deny, demand, ..."""

from __future__ import annotations

from mahdar.extraction.statements.act_guess import guess_act, is_future
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
    guess = guess_act(view, draft)
    out += [f"guess={guess}", f"guess={guess}|{prior}", f"guess={guess}|{lemma}"]
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
    for step in (0, 1):
        at = draft.first + step
        if at <= last:
            out.append(f"word{step}={norm[at]}")
            out.extend(f"w{step}={name}" for name in act_classes(norm[at]))
            if is_future(norm[at]):
                out.append(f"w{step}=future")
    out.extend(f"opens={name}|{frame}" for name in act_classes(norm[draft.first]))
    ours = any(norm[at][:2] == "سن" and len(norm[at]) > 4 for at in range(draft.first, last + 1))
    if ours:
        out.append("we-will")
    if any(is_future(norm[at]) for at in range(draft.first, last + 1)):
        out.append("future-inside")
        if "self" in seen:
            out.append("own-future")
    if "blame" in seen and "foe" in seen:
        out.append("foe-blamed")
    if "blame" in near and "foe" in near:
        out.append("foe-blamed-early")
    speakers = set(draft.speakers)
    for at in range(draft.first, min(last, draft.first + 3) + 1):
        mention = view.mention_over(at)
        if mention is not None:
            out.append("own-subject" if mention.entity in speakers else "other-subject")
            break
    if not seen:
        out.append(f"plain|{prior}")
    return out
