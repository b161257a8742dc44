"""Titles that stand beside a name: «وزير الخارجية الروسي سيرغي لافروف», «سامح شكري، وزير …»."""

from __future__ import annotations

from mahdar.annotation.names.clusters import Cluster, Clusters, Fact
from mahdar.annotation.names.view import QUOTES, Phrase, View

# Representatives whose adjective names where they work, not where they come from.
_SENT = frozenset(("مبعوث", "موفد", "وسيط", "سفير", "مندوب", "ممثل", "منسق", "قنصل", "مبعوثه"))
_BETWEEN = frozenset("،,-–—/(")
_STEPS = 6


def join_appositions(view: View, clusters: Clusters, phrases: list[Phrase]) -> set[int]:
    """Give the role phrases beside a person's name to that person, with what they tell of it.

    Returns:
        First words of the phrases that were given away.
    """
    joined: set[int] = set()
    for phrase in phrases:
        if phrase.type != "PER" or phrase.number != "one":
            continue
        cluster = _named_after(view, clusters, phrase) or _named_before(view, clusters, phrase)
        if cluster is not None:
            give(view, cluster, phrase)
            joined.add(phrase.first)
    return joined


def give(view: View, cluster: Cluster, phrase: Phrase) -> None:
    """Add a role phrase to a person: the mention, and what it says."""
    cluster.add(phrase.start, phrase.end, "nominal")
    fact = Fact(phrase.lemma, phrase.title, phrase.country, phrase.of, phrase.former)
    if fact not in cluster.facts:
        cluster.facts.append(fact)
    place = view.knowledge.places.get(phrase.country)
    if not cluster.country and place is not None and phrase.lemma not in _SENT:
        cluster.country = place.country or ""


def compatible(view: View, cluster: Cluster, phrase: Phrase) -> bool:
    """Tell whether a phrase's adjective of nationality fits a person's known country."""
    if not phrase.country or phrase.lemma in _SENT:
        return True
    place = view.knowledge.places.get(phrase.country)
    if place is None or not cluster.country:
        return True
    return place.country == cluster.country or place.kind not in ("country", "territory")


def _named_after(view: View, clusters: Clusters, phrase: Phrase) -> Cluster | None:
    """The person named right after a phrase; titles, marks and one comma may stand between."""
    j = phrase.last + 1
    comma = False
    for _ in range(_STEPS):
        if j >= len(view) or view.words.sentence[j] != view.words.sentence[phrase.last]:
            return None
        found = clusters.found_first.get(j)
        if found is not None:
            if found.type != "PER" or (view.classes[j].letters and j > phrase.last):
                return None
            if comma and _closes_apposition(view, clusters, phrase):
                return None
            return clusters.of_found[j]
        norm = view.words.norm[j]
        if norm in ("،", ",") and not comma:
            comma = True
        elif norm in QUOTES or norm in ("-", "–", ".", "(", "هو", "هما") or view.classes[j].title:
            if view.classes[j].letters or (view.classes[j].role and view.classes[j].title == ""):
                return None
        else:
            return None
        j += 1
    return None


def _closes_apposition(view: View, clusters: Clusters, phrase: Phrase) -> bool:
    """«X، وزير الخارجية، Y»: the phrase belongs to the name before it."""
    before = phrase.first - 1
    while before >= 0 and view.words.norm[before] in _BETWEEN:
        before -= 1
    found = clusters.found_last.get(before)
    return found is not None and found.type == "PER"


def _named_before(view: View, clusters: Clusters, phrase: Phrase) -> Cluster | None:
    """The person named right before a phrase."""
    if phrase.kind == "counterpart" or view.classes[phrase.first].letters:
        return None
    j = phrase.first - 1
    marked = False
    while j >= 0 and phrase.first - j <= 3:
        if view.words.sentence[j] != view.words.sentence[phrase.first]:
            return None
        found = clusters.found_last.get(j)
        if found is not None:
            if found.type != "PER":
                return None
            cluster = clusters.of_found[found.first]
            if not compatible(view, cluster, phrase):
                return None
            if not marked and phrase.definite and view.classes[phrase.first].definite:
                # «أبلغ كيري الوزير …»: without a comma only a title with its own complement.
                if not (phrase.country or phrase.of):
                    return None
            return cluster
        norm = view.words.norm[j]
        if norm not in _BETWEEN and norm not in QUOTES and norm != ")":
            return None
        marked = True
        j -= 1
    return None
