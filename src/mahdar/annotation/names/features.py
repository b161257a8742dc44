"""What the tagger's field model sees of each word: forms, affixes, shape and neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.annotation.names.vocabulary import Vocabulary

_LATIN_END = "\u0250"


def word_features(
    text: Sequence[str], norm: Sequence[str], vocabulary: Vocabulary, domain: str
) -> list[list[str]]:
    """Return the features of every word of one sentence.

    Args:
        text, norm: the words as written and in normal form.
        domain: whose conventions are asked for, ``gold`` or ``aner``.
    """
    cuts = [vocabulary.cut(w) for w in norm]
    stem = [rest for _, rest in cuts]
    size = len(norm)
    rows = []
    for i, word in enumerate(norm):
        head = stem[i]
        row = [
            "w=" + word,
            "s=" + head,
            f"{domain}:w={word}",
            f"{domain}:s={head}",
            domain,
            "sh=" + word_shape(text[i]),
            f"c={cuts[i][0]}",
            "sp3=" + head[:3],
            "sx=" + head[-3:],
        ]
        for k in (1, 2, 3, 4):
            row.append(f"p{k}={word[:k]}")
            row.append(f"x{k}={word[-k:]}")
        if head.startswith("ال"):
            row.append("al" + ("y" if head.endswith(("ي", "يه", "يين", "يون")) else ""))
        for offset in (-2, -1, 1, 2):
            j = i + offset
            if not 0 <= j < size:
                row.append(f"w{offset}=#")
                continue
            row.append(f"w{offset}={norm[j]}")
            if offset in (-1, 1):
                row.append(f"s{offset}={stem[j]}")
                row.append(f"x{offset}={norm[j][-3:]}")
                row.append(f"p{offset}={norm[j][:3]}")
                pair = (norm[j], word) if offset < 0 else (word, norm[j])
                row.append(f"b{offset}={'|'.join(pair)}")
        if i > 1:
            row.append(f"b-2={norm[i - 2]}|{norm[i - 1]}")
        rows.append(row)
    return rows


def word_shape(word: str) -> str:
    """Return ``d`` and the length for a number, ``p`` for a mark, ``l`` for Latin, ``a`` for others."""
    first = word[0]
    if first.isdigit():
        return f"d{len(word)}"
    if not first.isalpha():
        return "p"
    return "l" if first < _LATIN_END else "a"
