"""The entities of an article: names found, joined and linked, nominals given to them."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.annotation.document import text_of, words_of
from mahdar.annotation.names.appositions import join_appositions, join_descriptions
from mahdar.annotation.names.clusters import Cluster, Clusters
from mahdar.annotation.names.collect import collect_names
from mahdar.annotation.names.context import article_countries
from mahdar.annotation.names.coreference import resolve_nominals
from mahdar.annotation.names.discourse import Discourse
from mahdar.annotation.names.groups import find_groups
from mahdar.annotation.names.holders import link_holders
from mahdar.annotation.names.joins import join_same
from mahdar.annotation.names.people import find_people, join_people, swallowed
from mahdar.annotation.names.roles import find_roles
from mahdar.annotation.names.sameness import Sameness, load_sameness
from mahdar.annotation.names.shortforms import find_aliases, find_short_forms
from mahdar.annotation.names.tagger import NameTagger, load_tagger
from mahdar.annotation.names.view import make_view
from mahdar.annotation.names.wordclasses import load_lexicon
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.records import Actor, Place
from mahdar.model import Entity, Mention
from mahdar.text.normalize import normalize_text
from mahdar.text.words import Words


def find_entities(doc: Doc, knowledge: Knowledge) -> tuple[Entity, ...]:
    """Return the persons, organisations and places of an article, each with all its mentions.

    Entities that only nominals carry are given too; ``assemble_reading`` leaves out those that
    nothing refers to.

    Args:
        doc: a document with words; its anchor dates posts, where it has one.
        knowledge: the packs.
    """
    anchor = doc._.anchor
    date = anchor.edtf if anchor else None
    return entities_of(text_of(doc), words_of(doc), knowledge, date, load_tagger(), load_sameness())


def entities_of(
    text: str,
    words: Words,
    knowledge: Knowledge,
    date: str | None,
    tagger: NameTagger | None = None,
    sameness: Sameness | None = None,
) -> tuple[Entity, ...]:
    """Return the entities of a text.

    Args:
        text: any text.
        words: its words.
        knowledge: the packs.
        date: the EDTF day on which posts are held, ``None`` for any.
        tagger: the trained tagger, ``None`` for rules and packs alone.
        sameness: what joins entities that rules keep apart, ``None`` to leave them.
    """
    clusters = gather_clusters(text, words, knowledge, date, tagger)
    if sameness is not None:
        join_same(clusters, sameness)
    return _entities(text, clusters, knowledge)


def gather_clusters(
    text: str,
    words: Words,
    knowledge: Knowledge,
    date: str | None,
    tagger: NameTagger | None = None,
) -> Clusters:
    """Return the entities of a text as the rules tell them, before those are joined that only
    a learned model takes for one; arguments as those of ``entities_of``."""
    view = make_view(text, words, knowledge, load_lexicon(knowledge.demonyms))
    countries = article_countries(view)
    roles = find_roles(view)
    tagged = tagger.tag(words) if tagger is not None else ()
    named = collect_names(view, roles, countries, tagged)
    clusters = Clusters(view, countries, date)
    clusters.join_named(named)
    taken = {at for item in named for at in range(item.first, item.last + 1)}
    find_aliases(view, clusters, taken)
    find_short_forms(view, clusters, taken)
    view.named = dict(clusters.found_first)
    roles = find_roles(view)
    groups = find_groups(view, taken, roles)
    given = join_appositions(view, clusters, roles)
    link_holders(clusters, knowledge, date)
    described = join_descriptions(view, clusters, groups)
    rest = [p for p in roles if p.first not in given]
    covered = {at for p in roles for at in (p.first,)}
    rest += [p for p in groups if p.first not in covered and p.first not in described]
    people = list(find_people(view, [*roles, *groups], taken))
    counted = {p.first for p in swallowed(people, rest)}
    rest = [p for p in rest if p.first not in counted]
    resolve_nominals(Discourse(view, clusters, countries, date), rest)
    join_people(view, clusters, people)
    return clusters


def _entities(text: str, clusters: Clusters, knowledge: Knowledge) -> tuple[Entity, ...]:
    members = {id(m) for c in clusters.all for m in c.members}
    ordered = sorted(
        (c for c in clusters.all if c.mentions or id(c) in members),
        key=lambda c: min((m[:2] for m in c.mentions), default=(1 << 60, 0)),
    )
    ids = {id(cluster): f"e{number}" for number, cluster in enumerate(ordered, start=1)}
    return tuple(_entity(text, cluster, ids, knowledge) for cluster in ordered)


def _entity(text: str, cluster: Cluster, ids: dict[int, str], knowledge: Knowledge) -> Entity:
    record = knowledge.record(cluster.kb) if cluster.kb else None
    label = {"ar": _printed_name(text, cluster)}
    country = cluster.country or None
    if isinstance(record, Actor | Place):
        label = {lang: names[0] for lang, names in record.names.items() if names}
        country = record.country or country
    spans = sorted({(start, end): kind for start, end, kind in cluster.mentions}.items())
    return Entity(
        id=ids[id(cluster)],
        type=cluster.type,
        mentions=tuple(Mention(start, end, kind) for (start, end), kind in spans),
        kb=cluster.kb,
        key=cluster.kb
        or f"{cluster.type}:{' '.join(cluster.units) or normalize_text(label['ar'])[0]}",
        label=label,
        country=country,
        source=cluster.source,
        members=tuple(ids[id(member)] for member in cluster.members),
    )


def _printed_name(text: str, cluster: Cluster) -> str:
    """Return the longest name of an entity as the article prints it, else its first description."""
    named = [(start, end) for start, end, kind in cluster.mentions if kind == "named"]
    spans = named or [(start, end) for start, end, _ in sorted(cluster.mentions)[:1]]
    start, end = max(spans, key=lambda span: (span[1] - span[0], -span[0]), default=(0, 0))
    return " ".join(text[start:end].replace("ـ", "").split()) or cluster.name
