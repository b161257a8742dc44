"""Which body or group a nominal means: unnamed sources, «المتمردون», «الحركة», «السلطات التركية»."""

from __future__ import annotations

from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.discourse import KIND_OF_GROUP, STATES, Discourse
from mahdar.annotation.names.view import Phrase
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.records import Place

_BODY_SUFFIX = {
    "government": "government",
    "army": "army",
    "parliament": "parliament",
    "presidency": "presidency",
}


def resolve_source(talk: Discourse, phrase: Phrase) -> Cluster:
    """Return the unnamed source a phrase means; «المصدر» goes back to the last one, else to an agency."""
    if phrase.definite and phrase.last == phrase.first:
        known = talk.sources.get(phrase.lemma)
        if known is not None:
            return known
        if phrase.lemma == "مصدر" and phrase.number == "one":
            for cluster in reversed(talk.recent["ORG"]):
                if cluster.kind in ("agency", "newspaper", "broadcaster"):
                    return cluster
    cluster = talk.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
    cluster.source = True
    talk.sources[phrase.lemma] = cluster
    return cluster


def resolve_people(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """Return the entity of a plural: a source, a known armed group, or a group of its own."""
    if phrase.kind == "source" or (phrase.kind in ("person", "office") and not phrase.definite):
        return resolve_source(talk, phrase)
    bare = phrase.last == phrase.first
    if phrase.kind == "person" and bare and phrase.lemma in talk.sources:
        return talk.sources[phrase.lemma]
    if phrase.kind == "fighters" and phrase.lemma in word_set("rebel") and phrase.definite:
        group = _armed_group(talk, phrase)
        if group is not None:
            return group
    cluster = talk.clusters.local("ORG", f"?{phrase.lemma}|{phrase.key}", name=phrase.key)
    if phrase.kind == "person" and not phrase.of:
        cluster.source = cluster.source or not phrase.definite
    return cluster


def _is_body(talk: Discourse, id_: str) -> bool:
    return bool(id_) and talk.view.type_of(id_) == "ORG"


def _armed_group(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """«المتمردين»: the armed group the article names most; «المتمردين الأكراد» by its name."""
    if _is_body(talk, phrase.country):
        return talk.clusters.known(phrase.country, "ORG")  # «المسلحون الحوثيون»
    for id_ in phrase.of:
        if id_ in talk.clusters.by_kb and talk.clusters.by_kb[id_].type == "ORG":
            return talk.clusters.by_kb[id_]
    groups = talk.groups
    if phrase.last > phrase.first:
        return _alike(talk, phrase, groups)
    fighting = [c for c in groups if c.kind == "armed-group"]
    return max(
        fighting or [c for c in groups if c.kind == "movement"],
        key=lambda c: len(c.mentions),
        default=None,
    )


def _alike(talk: Discourse, phrase: Phrase, groups: list[Cluster]) -> Cluster | None:
    """A group whose name shares the stem of the phrase's adjective («الكردي», «الكردستاني»)."""
    word = talk.view.classes[phrase.last]
    stem = word.base.removeprefix("ال")
    for ending in ("يين", "يون", "يه", "ي"):
        stem = stem.removesuffix(ending)
    stem = "كرد" if stem == "اكراد" else stem
    if len(stem) < 3:
        return None
    return next((c for c in groups if any(stem in unit for unit in c.units)), None)


def resolve_body(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """Return the body a noun means: by its state, by its noun, by its kind, else one of its own."""
    if phrase.kind == "side":
        return _side(talk, phrase)
    kinds = KIND_OF_GROUP.get(phrase.kind, frozenset())
    state = state_of(talk, phrase)
    suffix = _BODY_SUFFIX.get(phrase.kind)
    if suffix and state is None and phrase.of and talk.view.type_of(phrase.of[0]) == "PER":
        # «حكومة العبادي»: the government of the state its head is of.
        id_ = talk.view.knowledge.states.get(talk.view.country_of(phrase.of[0]), "")
        state = talk.view.knowledge.places.get(id_)
        if state is None or suffix != "government":
            return talk.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
    if phrase.kind in ("armed-group", "movement", "party") and _is_body(talk, phrase.country):
        return talk.clusters.known(phrase.country, "ORG")  # «الميليشيات الحوثية»
    if phrase.of and phrase.kind in ("newspaper", "broadcaster", "agency", "website", "company"):
        if talk.view.type_of(phrase.of[0]) == "ORG":
            return talk.clusters.known(phrase.of[0], "ORG")  # «صحيفة النهار»
    if suffix and state is not None and phrase.lemma not in ("قياده",):
        return _state_body(talk, state, suffix)
    if phrase.country and state is not None:
        for cluster in reversed(talk.recent["ORG"]):
            if cluster.kind in kinds and cluster.state == state.id:
                return cluster
        made = talk.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
        made.kind, made.state, made.country = phrase.kind, state.id, state.country or ""
        return made
    bare = phrase.last == phrase.first or all(
        w.base in word_set("bare-adjective")
        for w in talk.view.classes[phrase.first + 1 : phrase.last + 1]
    )
    central = phrase.last == phrase.first + 1 and (
        talk.view.classes[phrase.last].base in word_set("of-the-state")
    )
    if (bare or not phrase.of) and not (central and talk.order):
        found = _same_head(talk, phrase, kinds, bare=bare)
        if found is not None:
            return found
    if suffix in ("government", "army") and (bare or central) and talk.order:
        place = talk.view.knowledge.places[talk.order[0]]
        return _state_body(talk, place, suffix)
    made = talk.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
    made.kind = made.kind or phrase.kind
    made.source = made.source or phrase.kind == "media"
    return made


def state_of(talk: Discourse, phrase: Phrase) -> Place | None:
    """Return the state that a phrase names or whose capital it names."""
    for id_ in (phrase.country, *phrase.of):
        place = talk.view.knowledge.places.get(id_)
        if place is not None and place.kind in STATES:
            return place
        state = talk.view.knowledge.capital_of.get(id_)
        if state:
            return talk.view.knowledge.places.get(state)
    return None


def _state_body(talk: Discourse, state: Place, suffix: str) -> Cluster:
    cluster = talk.clusters.known(talk.view.body_of(state.id, suffix), "ORG")
    cluster.state = state.id
    return cluster


def _same_head(
    talk: Discourse, phrase: Phrase, kinds: frozenset[str], *, bare: bool
) -> Cluster | None:
    """«الحركة»: the latest body whose name opens with the noun, else of its kind."""
    noun = phrase.lemma
    if not bare:
        groups = [c for c in reversed(talk.recent["ORG"]) if c.kind in kinds and c.named]
        alike = _alike(talk, phrase, groups)
        if alike is not None:
            return alike
    for cluster in reversed(talk.recent["ORG"]):
        if cluster.head == noun and (cluster.named or cluster.kind):
            return cluster
    if not bare and phrase.kind not in ("government", "opposition"):
        return None
    for cluster in reversed(talk.recent["ORG"]):
        if cluster.kind in kinds:
            return cluster
    return None


def _side(talk: Discourse, phrase: Phrase) -> Cluster | None:
    state = state_of(talk, phrase)
    if state is not None and phrase.lemma not in word_set("many-sides"):
        return talk.clusters.known(state.id, "LOC")
    if phrase.country and state is None:
        return talk.clusters.known(phrase.country, talk.view.type_of(phrase.country) or "ORG")
    return talk.clusters.local("ORG", f"?{phrase.key}", name=phrase.key)
