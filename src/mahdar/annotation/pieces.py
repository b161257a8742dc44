"""Sub-words: how a word is cut into the units that trained networks know."""

from __future__ import annotations

_LONGEST_PIECE = 16


class Pieces:
    """Sub-words with their scores: a word is cut so that the sum of scores is highest.

    Pieces are numbered from 1 in the order given; 0 stands for a letter that no piece covers.
    """

    def __init__(self, scores: dict[str, float]) -> None:
        self._score = {piece: (n, s) for n, (piece, s) in enumerate(scores.items(), start=1)}
        self._unknown = min(scores.values(), default=0.0) - 10.0

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's sub-words, 0 for letters that no sub-word covers."""
        text = "▁" + word
        size = len(text)
        score = self._score
        best = [0.0] + [-1e30] * size
        back = [(0, 0)] * (size + 1)
        for i in range(size):
            so_far = best[i]
            if so_far + self._unknown > best[i + 1]:
                best[i + 1], back[i + 1] = so_far + self._unknown, (i, 0)
            for j in range(i + 1, min(size, i + _LONGEST_PIECE) + 1):
                found = score.get(text[i:j])
                if found is not None and so_far + found[1] > best[j]:
                    best[j], back[j] = so_far + found[1], (i, found[0])
        out = []
        at = size
        while at:
            at, number = back[at]
            out.append(number)
        return tuple(out[::-1])
