"""Features that tell whether what is said ends before a word."""

from __future__ import annotations

from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.cue_features import classes_of
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.view import View

_COMMAS = frozenset("،,؛;")
_KNOWN = ("pp", "linking", "relative", "negation", "that", "source", "clause")


def may_stop(view: View, at: int) -> bool:
    """Tell whether a content can end before this word: after a comma, at a clause or a phrase."""
    words = view.words
    if words.text[at - 1] in _COMMAS or words.text[at - 1] in '»”"':
        return words.text[at][0].isalnum()
    token = words.norm[at]
    return (
        token in words_in_role("linking")
        or token in words_in_role("pp")
        or (token[0] == "و" and len(token) > 3)
    )


def stop_features(
    view: View, candidate: Candidate, cues: dict[int, Candidate], start: int, at: int, end: int
) -> list[str]:
    """Return the features of an end before a word; ``start`` and ``end`` bound the content."""
    words = view.words
    form = candidate.form
    frame = candidate.complement.frame
    kind = form.kind if form else "none"
    said = "clause" if frame in ("that", "quote", "colon", "before") else "phrase"
    comma = words.text[at - 1] in _COMMAS
    mark = "," if comma else ('"' if not words.text[at - 1][0].isalnum() else "-")
    token = words.norm[at]
    out = ["bias", f"mark={mark}", f"{said}|{mark}", f"frame={frame}|{mark}", f"{kind}|{mark}"]
    if form is not None:
        out += [f"lemma={form.verb.lemma}|{mark}", f"lemma={form.verb.lemma}|{frame}"]
    bare = token[1:] if token[0] in "وف" and len(token) > 3 else token
    out.append(f"t={token}|{mark}")
    shown = token if any(token in words_in_role(r) for r in _KNOWN) else ""
    if not shown and any(bare in words_in_role(r) for r in _KNOWN):
        shown = "و" + bare
    if shown:
        out += [f"w={shown}", f"w={shown}|{mark}", f"w={shown}|{said}"]
        nxt = words.norm[at + 1] if at + 1 < len(view) else ""
        if nxt in ("ان", "ما", "كان", "كانت", "قال", "اكد", "يتم", "تم", "لم", "لا", "قد"):
            out.append(f"w={shown}+{nxt}")
    else:
        joined = "و" if token[0] == "و" and len(token) > 3 else ""
        out.append(f"shape={joined}{mark}|{said}")
        stem = token[1:] if joined else token
        if stem[:1] in "يت" and len(stem) > 3:
            out.append(f"imperfect={joined}{mark}|{said}")
        if len(stem) > 3 and stem[-1] == "ت":
            out.append(f"past={joined}{mark}")
    following = words.norm[at + 1] if at + 1 < len(view) else ""
    if shown and following in words_in_role("clause"):
        out.append(f"w2={shown}+{following}")
    for name in classes_of(view, at):
        out.append(f"c={name}|{mark}")
    for name in classes_of(view, at + 1):
        out.append(f"c2={name}|{mark}")
    cue = cues.get(at)
    if cue is not None:
        shape = cue.form.kind if cue.form else cue.complement.frame
        joined = "و" if cue.form and cue.form.conjunction else ""
        out += [f"cue={shape}{joined}", f"cue={shape}{joined}|{mark}"]
    ahead = next((w for w in range(at + 1, min(at + 9, end + 1)) if w in cues), -1)
    if ahead >= 0:
        other = cues[ahead]
        shape = other.form.kind if other.form else other.complement.frame
        joined = "و" if other.form and other.form.conjunction else ""
        out.append(f"ahead={shape}{joined}|{mark}")
        if shown:
            out.append(f"ahead={shape}{joined}|w={shown}")
    length = at - start
    out.append(f"len={min(length // 4, 6)}|{said}")
    left = end - at
    out.append(f"left={min(left // 5, 5)}|{said}")
    if view.line[candidate.first] == 0:
        out.append("title")
    return out
