"""What has been spoken of so far: who was named when, who speaks, which countries matter."""

from __future__ import annotations

from collections import Counter

from mahdar.annotation.names.clusters import Cluster, Clusters
from mahdar.annotation.names.view import View
from mahdar.annotation.names.wordlists import word_set

STATES = frozenset(("country", "territory"))
KIND_OF_GROUP = {
    "government": frozenset(("government",)),
    "army": frozenset(("army",)),
    "security": frozenset(("security",)),
    "movement": frozenset(("movement", "armed-group", "party")),
    "party": frozenset(("party", "movement")),
    "armed-group": frozenset(("armed-group", "movement")),
    "ministry": frozenset(("ministry",)),
    "committee": frozenset(("committee", "un-body", "parliament", "coalition")),
    "agency": frozenset(("agency",)),
    "newspaper": frozenset(("newspaper",)),
    "broadcaster": frozenset(("broadcaster",)),
    "parliament": frozenset(("parliament",)),
    "presidency": frozenset(("presidency",)),
    "coalition": frozenset(("coalition", "opposition")),
    "igo": frozenset(("igo",)),
    "ngo": frozenset(("ngo", "igo", "un-body")),
    "court": frozenset(("court",)),
    "opposition": frozenset(("opposition", "coalition")),
    "delegation": frozenset(("delegation",)),
    "people": frozenset(("people",)),
    "media": frozenset(("media",)),
    "contact-group": frozenset(("contact-group", "igo")),
}
_GROUPS = 40  # armed groups and parties of one article that «المتمردون» may mean


class Discourse:
    """An article's entities in the order of reading, as far as it has been read.

    ``order`` are the states the article names, most often first; ``recent`` the entities of each type,
    the latest last; ``subject`` who spoke last.
    """

    def __init__(
        self, view: View, clusters: Clusters, countries: Counter[str], date: str | None
    ) -> None:
        self.view = view
        self.clusters = clusters
        self.date = date
        self.order = [
            state
            for code, _ in countries.most_common()
            if (state := view.knowledge.states.get(code, ""))
        ]
        self.timeline: list[tuple[int, Cluster]] = sorted(
            ((start, c) for c in clusters.all for start, _, _ in c.mentions), key=lambda x: x[0]
        )
        self.groups = [
            c
            for c in clusters.all
            if c.kind in ("armed-group", "movement", "party") and c.named and c.head != "مقاومه"
        ][:_GROUPS]
        self.pos = 0
        self.subject: Cluster | None = None
        self.recent: dict[str, list[Cluster]] = {"PER": [], "ORG": [], "LOC": []}
        self.by_key: dict[tuple[str, str], Cluster] = {}
        self.sources: dict[str, Cluster] = {}

    def advance(self, start: int) -> None:
        while self.pos < len(self.timeline) and self.timeline[self.pos][0] < start:
            at, cluster = self.timeline[self.pos]
            self.touch(cluster)
            if cluster.type == "PER" and self._speaks(at):
                self.subject = cluster
            self.pos += 1

    def _speaks(self, start: int) -> bool:
        """Tell whether a verb of saying or meeting stands before a person, titles between."""
        words = self.view.words
        at = words.at(start)
        for j in range(at - 1, max(-1, at - 8), -1):
            if words.sentence[j] != words.sentence[at]:
                return False
            if words.norm[j] in word_set("before-person"):
                return True
        return False

    def touch(self, cluster: Cluster) -> None:
        seen = self.recent[cluster.type]
        if seen and seen[-1] is cluster:
            return
        if cluster in seen[-12:]:
            seen.remove(cluster)
        seen.append(cluster)
        if len(seen) > 40:
            del seen[:10]
