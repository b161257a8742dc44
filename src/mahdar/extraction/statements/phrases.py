"""Phrases between a reporting verb and what is said: titles, circumstances, appositions."""

from __future__ import annotations

from mahdar.extraction.statements.cues import Verb
from mahdar.extraction.statements.lexicon import is_content_head, words_in_role
from mahdar.extraction.statements.view import View

# A title before a name («نائب رئيس مندوبية الاتحاد الأوروبي في الخليج») is at most this long.
LONGEST_TITLE_WORDS = 9
_LONGEST_PLAIN_TITLE_WORDS = 4  # where it does not begin with a noun known to be a title
_LONGEST_PHRASE_WORDS = 7
# Before a plain object a phrase is cut short, lest it swallow the object («في بيان مقتضب قتل ...»).
_OBJECT_PHRASE_WORDS = 2
MARKS = frozenset("«»“”\"″'„‟")


def find_titled_name(
    view: View, verb: Verb, accepted: list[bool], at: int, limit: int, *, title_open: bool
) -> int:
    """Return where a person's name begins that the words from ``at`` are the title of, else -1."""
    words = view.words
    stop = min(limit, at + LONGEST_TITLE_WORDS)
    titled = words.norm[at] in words_in_role("title") or title_open
    for word in range(at, stop + 1):
        token = words.norm[word]
        if word > at and (
            token in "،,:؛" or token in words_in_role("that") or token in ("ان", "خلال", "عقب")
        ):
            return -1
        if verb.object and is_content_head(token):
            return -1
        if word - at > _LONGEST_PLAIN_TITLE_WORDS and not titled:
            return -1
        if accepted[word]:
            return -1
        mention = view.mention_over(word)
        if mention is not None and mention.first == word and mention.type == "PER":
            return word
    return -1


def skip_phrase(view: View, verb: Verb, at: int, limit: int) -> int:
    """Return the word after a phrase of circumstance: a preposition with what it governs."""
    words = view.words
    heads = words_in_role("content_head")
    longest = _OBJECT_PHRASE_WORDS if verb.object else _LONGEST_PHRASE_WORDS
    stop = min(limit, at + longest)
    word = at + 1
    thats = words_in_role("that")
    wanted = verb.prepositions
    while word <= stop:
        token = words.norm[word]
        if token in thats or token in ":،,؛" or token in MARKS:
            break
        if token in wanted or token in words_in_role("pp"):
            break
        if word > at + 1 and (token in heads or is_content_head(token)):
            break
        mention = view.mention_over(word)
        if mention is not None:
            return mention.last + 1
        if "ب" in wanted and token[0] == "ب" and token not in words_in_role("common_b"):
            break
        word += 1
    return max(word, at + 1)


def skip_apposition(view: View, verb: Verb, at: int, limit: int) -> int:
    """Return the word after what a name's apposition says of it."""
    words = view.words
    thats = words_in_role("that")
    wanted = verb.prepositions
    word = at + 1
    while word <= limit:
        token = words.norm[word]
        if token in thats or token in ":،,؛" or token in MARKS or token in wanted:
            break
        if token in words_in_role("content_head"):
            break
        mention = view.mention_over(word)
        if mention is not None:
            word = mention.last + 1
            if verb.object:
                break
            continue
        if "ب" in wanted and token[0] == "ب" and token not in words_in_role("common_b"):
            break
        word += 1
    return word
