"""Arabic proclitics: the ways a written word may divide into attached particles and the rest."""

from __future__ import annotations

from functools import lru_cache

_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ك", "ل")


@lru_cache(maxsize=65536)
def proclitic_splits(norm: str) -> tuple[tuple[int, str], ...]:
    """Return every way to take proclitics off a word in normal form, the uncut word first.

    «لل» stands for «ل» + «ال»: the rest then begins with «ال» again, while the cut falls after the
    first «ل» (so that «لليمن» gives the surface «ليمن»). The future «س» is left to the lexicon of
    verbs. Nothing is checked against a lexicon here: callers look the rest up.

    Returns:
        Pairs of the number of folded characters cut off and the rest, 1 to 7 of them.
    """
    splits: list[tuple[int, str]] = [(0, norm)]
    starts = [0]
    if len(norm) > 2 and norm[0] in _CONJUNCTIONS:
        splits.append((1, norm[1:]))
        starts.append(1)
    for at in starts:
        rest = norm[at:]
        if len(rest) > 2 and rest[0] in _PREPOSITIONS:
            splits.append((at + 1, rest[1:]))
            if rest.startswith("لل") and len(rest) > 3:
                splits.append((at + 1, "ال" + rest[2:]))
    return tuple(splits)
