"""Titles that stand beside a name: «وزير الخارجية الروسي سيرغي لافروف», «سامح شكري، وزير …»."""

from __future__ import annotations

from mahdar.annotation.names.clusters import Cluster, Clusters, Fact
from mahdar.annotation.names.view import QUOTES, Phrase, View
from mahdar.annotation.names.wordlists import word_set

_BETWEEN = frozenset("،,-–—/(")
_STEPS = 8
_LONGEST_ASIDE = 3  # words in brackets between a title and its name («(يميني)», «(يونيسكو)»)
# Posts that one person holds at a time and packs list in full for the states they know.
_UNIQUE = frozenset(("president", "prime-minister", "king", "foreign-minister", "supreme-leader"))


def join_appositions(view: View, clusters: Clusters, phrases: list[Phrase]) -> set[int]:
    """Give the role phrases beside a person's name to that person, with what they tell of it.

    Returns:
        First words of the phrases that were given away.
    """
    joined: set[int] = set()
    holder: dict[int, Cluster] = {}
    by_first = {p.first: p for p in phrases}
    inner_of, outer_of = _nesting(phrases)
    taken_by_outer: list[Cluster] = []
    for phrase in phrases:
        if phrase.type != "PER" or phrase.number != "one":
            continue
        inner = inner_of.get(phrase.first)
        cluster = (
            None
            if (inner and _inner_takes(view, clusters, phrase, inner)) or _speaks_for(view, phrase)
            else (_named_after(view, clusters, phrase, by_first))
        )
        if phrase.first in outer_of and cluster is not None and cluster in taken_by_outer:
            cluster = None
        cluster = cluster or _named_before(view, clusters, phrase)
        if cluster is not None:
            if inner is not None:
                taken_by_outer.append(cluster)
            give(view, cluster, phrase)
            joined.add(phrase.first)
            holder[phrase.first] = cluster
    for phrase in reversed(phrases):
        after = by_first.get(phrase.last + 1)
        if phrase.first not in holder and _in_a_row(view, phrase, after):
            _hand_on(view, phrase, holder.get(phrase.last + 1), holder)
    for phrase in phrases:
        after = by_first.get(phrase.last + 1)
        if after is not None and after.first not in holder and _in_a_row(view, phrase, after):
            _hand_on(view, after, holder.get(phrase.first), holder)
    joined.update(holder)
    return joined


def _in_a_row(view: View, one: Phrase, other: Phrase | None) -> bool:
    """«وزير الدولة عضو مجلس الوزراء»: two titles of one person without anything between them."""
    return (
        other is not None
        and one.type == other.type == "PER"
        and one.number == other.number == "one"
        and (not view.classes[other.first].letters or _shares_person(view, one, other))
        and not view.classes[other.first].definite
        and view.joined(one.last)
    )


def _shares_person(view: View, one: Phrase, other: Phrase) -> bool:
    """«المبعوث الخاص ورئيس البعثة X»: a second post of one person, joined by «و»."""
    return (
        view.classes[other.first].letters == "و"
        and one.lemma in word_set("second-post")
        and other.lemma != one.lemma
        and other.kind == "office"
    )


def _hand_on(
    view: View, phrase: Phrase, cluster: Cluster | None, holder: dict[int, Cluster]
) -> None:
    if cluster is not None and compatible(view, cluster, phrase):
        give(view, cluster, phrase)
        holder[phrase.first] = cluster


def join_descriptions(view: View, clusters: Clusters, groups: list[Phrase]) -> set[int]:
    """Give «العاصمة القطرية» before «الدوحة», «الحزب الحاكم» before a quoted name, to what is named.

    Returns:
        First words of the phrases that were given away.
    """
    joined: set[int] = set()
    for phrase in groups:
        j = phrase.last + 1
        marked = False
        while j < len(view) and j - phrase.last < 3 and view.words.norm[j] in QUOTES:
            marked = True
            j += 1
        found = clusters.found_first.get(j)
        if found is None or found.type != phrase.type or view.classes[j].letters:
            continue
        if view.words.sentence[j] != view.words.sentence[phrase.last]:
            continue
        if phrase.number == "one" and (phrase.type == "LOC" or marked):
            clusters.of_found[found.first].add(phrase.start, phrase.end, "nominal")
            joined.add(phrase.first)
    return joined


def _inner_takes(view: View, clusters: Clusters, outer: Phrase, inner: Phrase) -> bool:
    """«المتحدث باسم [الرئيس الروسي] بوتين»: the name belongs to the role inside the other one."""
    cluster = _named_after(view, clusters, inner, {})
    if outer.lemma in ("متحدث", "ناطق"):
        return cluster is None or not _is_spokesman(view, cluster, inner)
    if _named_before(view, clusters, outer) is not None:
        return True
    if cluster is None or not inner.title:
        return False
    return any(
        fact.title == inner.title and inner.country in (fact.country, "") for fact in cluster.facts
    )


def _is_spokesman(view: View, cluster: Cluster, inner: Phrase) -> bool:
    """«المتحدث باسم الأمين العام X»: X speaks if packs say so, or know others in the post inside."""
    if any(fact.title == "spokesperson" for fact in cluster.facts):
        return True
    if inner.title not in _UNIQUE:
        return False
    holders = [
        holder
        for id_ in (inner.country, *inner.of)
        if id_
        for holder in view.knowledge.holders(inner.title, id_, None)
    ]
    return bool(holders) and cluster.kb not in holders


def _speaks_for(view: View, phrase: Phrase) -> bool:
    """«متحدث باسم وزير الخارجية X»: of a spokesman without the article, X is whom he speaks for."""
    norm = view.words.norm
    return (
        phrase.lemma in ("متحدث", "ناطق")
        and not view.classes[phrase.first].definite
        and phrase.first + 2 <= phrase.last
        and norm[phrase.first + 1] == "باسم"
        and (role := view.classes[phrase.first + 2].role) is not None
        and role.kind == "office"
        and role.form.number == "one"
    )


def _nesting(phrases: list[Phrase]) -> tuple[dict[int, Phrase], dict[int, Phrase]]:
    """Return, by first word, the role phrase that ends inside another together with it, and back."""
    inner_of: dict[int, Phrase] = {}
    outer_of: dict[int, Phrase] = {}
    outer: Phrase | None = None
    for phrase in sorted(phrases, key=lambda p: (p.first, -p.last)):
        if outer is not None and phrase.first > outer.first and phrase.last == outer.last:
            if phrase.type == "PER" and phrase.number == "one":
                inner_of[outer.first] = phrase
                outer_of[phrase.first] = outer
        elif outer is None or phrase.first > outer.last:
            outer = phrase
    return inner_of, outer_of


def give(view: View, cluster: Cluster, phrase: Phrase) -> None:
    """Add a role phrase to a person: the mention, and what it says."""
    cluster.add(phrase.start, phrase.end, "nominal")
    fact = Fact(
        phrase.lemma,
        phrase.title,
        phrase.country,
        phrase.of,
        phrase.former,
        phrase.field,
        phrase.key,
    )
    if fact not in cluster.facts:
        cluster.facts.append(fact)
    place = view.knowledge.places.get(phrase.country)
    if not cluster.country and place is not None and phrase.lemma not in word_set("representative"):
        cluster.country = place.country or ""


def compatible(view: View, cluster: Cluster, phrase: Phrase) -> bool:
    """Tell whether the state that a phrase names fits a person's known country, and the post too."""
    if phrase.lemma in word_set("representative"):
        return True
    for id_ in (phrase.country, *phrase.of):
        place = view.knowledge.places.get(id_)
        if place is None or not cluster.country or place.kind not in ("country", "territory"):
            continue
        if place.country != cluster.country:
            return False
    return _may_hold(view, cluster, phrase)


def _may_hold(view: View, cluster: Cluster, phrase: Phrase) -> bool:
    """«ولي ولي العهد»: of a post whose holders packs know, none but they may be meant."""
    if phrase.title not in _UNIQUE or cluster.kb is None:
        return True
    for id_ in (phrase.country, *phrase.of):
        holders = view.knowledge.holders(phrase.title, id_, None) if id_ else ()
        if holders and cluster.kb not in holders:
            return False
    return True


def _named_after(
    view: View, clusters: Clusters, phrase: Phrase, by_first: dict[int, Phrase]
) -> Cluster | None:
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
        if norm == "(" and (closing := _closing(view, j)) > 0:
            j = closing + 1  # «رئيس الحزب (يميني)، X»
            continue
        other = by_first.get(j) if j > phrase.last + 1 or comma else None
        if other is not None and other.type == "PER" and not view.classes[j].letters:
            j = other.last + 1  # «عضو الائتلاف، المعارض البارز سمير نشار»
            continue
        if norm in ("،", ",") and not comma:
            comma = True
        elif norm in QUOTES or norm in ("-", "–", ".", "(", "هو", "هما") or view.classes[j].title:
            if view.classes[j].letters or (view.classes[j].role and view.classes[j].title == ""):
                return None
        else:
            return None
        j += 1
    return None


def _closing(view: View, at: int) -> int:
    """Return where a short aside in brackets without a person in it ends, else -1."""
    for j in range(at + 1, min(at + _LONGEST_ASIDE + 2, len(view))):
        if view.words.norm[j] == ")":
            return j
        found = view.named.get(j)
        if found is not None and found.type == "PER":
            return -1
    return -1


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
                if not (phrase.country or phrase.of or phrase.last - phrase.first > 1):
                    return None
            return cluster
        norm = view.words.norm[j]
        if norm not in _BETWEEN and norm not in QUOTES and norm != ")":
            return None
        marked = True
        j -= 1
    return None
