"""Who takes part in an event, and how."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.relations import entity_features, link_before
from mahdar.extraction.events.sides import choose_parties
from mahdar.extraction.events.triggers import Trigger, bare_forms, look_up
from mahdar.lexicon.tables import load_table
from mahdar.lexicon.word_classes import word_class
from mahdar.model import Participant
from mahdar.text.normalize import normalize_word

# Entities weighed for one event: the nearest ones; more only occurs in lists of names.
_MAX_CANDIDATES = 24
# Mentions of one event that are looked at for its parts.
_MAX_TRIGGERS = 8
# Words to each side in which the mentions of one long sentence are looked for.
_REACH = 60

# Kinds of places whose name may stand for those who govern them («موسكو», «الخليج»).
_ACTING_PLACES = frozenset(("country", "capital", "region", "territory", "continent"))

# Events at whose trigger an instrument may be named, and within how many words.
_SIGNING = frozenset(("AGREE", "NEGOTIATE", "CEASEFIRE", "VIOLATION"))
_TO_NAME = 3

_WHERE = frozenset(("في", "في~", "ب-", "داخل", "قرب"))
# Before an adjective of nationality: «العاصمة الأردنية» is a place, no party.
_SEATS = frozenset(("العاصمه", "عاصمه", "المدينه", "مدينه"))
# Mentions of a place that are looked at.
_MOST_SPOTS = 12
# Events done to a place as well as in it («ضربات في سوريا»).
_STRIKING = frozenset(("ATTACK", "ADVANCE", "SANCTION", "MOBILIZE", "VISIT"))
# Events called after the place where they are held or signed.
_NAMED_BY_PLACE = frozenset(("MEET", "NEGOTIATE", "AGREE"))
# Features of an entity under whose auspices something is done.
_MEDIATING = frozenset(
    f"{side}|link={word}{far}"
    for side in ("before", "after")
    for word in ("برعايه", "بوساطه", "برعايته")
    for far in ("", "~")
)
_DASHES = frozenset("-–—/:")
# Words before the people that they count.
_COUNTING = frozenset(
    ("عدد", "احد", "احدي", "بعض", "من", "عشرات", "مئات", "الاف", "مجموعه", "عده", "جميع", "كافه")
)

Candidates = dict[str, list[tuple[Trigger, Spot]]]
Weighed = tuple[str, list[str], dict[str, float]]
"""A candidate: entity id, its features, the chance of every role and of ``none``."""


@cache
def captives() -> frozenset[str]:
    """Return the words for people in custody, in normal form."""
    return frozenset(normalize_word(row["word"]) for row in load_table("events_captives"))


def candidate_parties(context: Context, group: Sequence[Trigger]) -> Candidates:
    """Return whom an event may concern: entity id -> nearest mention per trigger's sentence.

    Beside the mentions of the triggers' sentences: speakers of the statements that hold a trigger,
    states named by an adjective of nationality, and the last persons or bodies before the sentence,
    which a pronoun may stand for (these with an empty list unless also mentioned).
    """
    found: Candidates = {}
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        nearest: dict[str, Spot] = {}
        for spot in context.spots_between(max(first, at - _REACH), min(last, at + _REACH)):
            for entity_id in context.meant(spot.entity):
                held = nearest.get(entity_id)
                if held is None or distance(spot, at) < distance(held, at):
                    nearest[entity_id] = spot
        for entity_id, spot in sorted(nearest.items(), key=lambda item: distance(item[1], at)):
            if not may_act(context, entity_id):
                continue
            if trigger.lemma.type not in _STRIKING and (
                names_place(context, spot) or is_scene(context, entity_id)
            ):
                continue
            if len(found) < _MAX_CANDIDATES or entity_id in found:
                found.setdefault(entity_id, []).append((trigger, spot))
        speech = context.speech[at]
        if speech is not None:
            for speaker in speech.speakers:
                if speaker in context.entities:
                    found.setdefault(speaker, [])
        for k in (at + 1, at + 2, at + 3):
            state = context.demonym(k) if k <= last else None
            if state is not None and context.words.norm[k - 1] not in _SEATS:
                found.setdefault(state, [])
        for entity_id in last_parties(context, first, 2):
            found.setdefault(entity_id, [])
        if trigger.lemma.type in _SIGNING:
            for entity_id in sorted(signers(context, trigger)):
                found.setdefault(entity_id, [])
    return found


def signers(context: Context, trigger: Trigger) -> frozenset[str]:
    """Return the article's entities that are party to a known instrument named at a trigger."""
    at = trigger.word
    for k in range(at, min(context.last_of[at], at + _TO_NAME) + 1):
        if k in context.signed:
            return context.signed[k]
    return frozenset()


def may_act(context: Context, entity_id: str) -> bool:
    """Tell whether an entity can be a party at all: a place only as a state, its capital or a bloc."""
    if context.entities[entity_id].type != "LOC":
        return True
    return context.place_kinds.get(entity_id) in _ACTING_PLACES


def last_parties(context: Context, word: int, count: int) -> list[str]:
    """Return the last persons and bodies mentioned before a word, nearest first."""
    out: list[str] = []
    for spot in reversed(context.spots_between(max(0, word - 40), word - 1)):
        for entity_id in context.meant(spot.entity):
            if context.entities[entity_id].type != "LOC" and entity_id not in out:
                out.append(entity_id)
        if len(out) >= count:
            break
    return out


def distance(spot: Spot, at: int) -> int:
    """Return how many words lie between a mention and a word; 0 inside it."""
    return max(0, spot.first - at, at - spot.last)


def _count(number: int) -> str:
    return str(number) if number < 3 else "3-4" if number < 5 else "5+"


def _article_features(
    context: Context, group: Sequence[Trigger], entity_id: str, outline: Outline
) -> list[str]:
    kind = group[0].lemma.type
    entity = context.entities[entity_id]
    out = ["bias", "ty=" + kind, "et=" + entity.type, f"{kind}|et={entity.type}"]
    out.append("freq=" + _count(outline.freq[entity_id]))
    beside = outline.beside.get(entity_id)
    if beside is not None:
        out.append("beside=" + _count(beside[kind]))
        out.append("besideany=" + _count(beside.total()))
    if entity_id in outline.title:
        out.append("intitle")
    if entity.source:
        out.append("source")
    if not any(m.kind == "named" for m in entity.mentions):
        out += ["unnamed", f"{kind}|unnamed", "unnamed|" + entity.type]
    known = context.actor_kinds.get(entity_id)
    if known is not None:
        out += ["ak=" + known, f"{kind}|ak={known}"]
    head = head_word(context, entity_id)
    if head and entity.type == "ORG":
        fine, wide = word_class(head)
        out += [f"hw={head}", f"{kind}|hw={head}", f"hc={fine}", f"{kind}|hc={fine}"]
        out.append(f"{kind}|hwide={wide}")
    return out


def head_word(context: Context, entity_id: str) -> str:
    """Return the first word of an entity's first mention in normal form, without the article.

    What counts is passed over: of «17 شخصا», «عدد من الجنود» it is the people.
    """
    spots = context.spots_of.get(entity_id)
    if not spots:
        return ""
    norms = context.words.norm[spots[0].first : spots[0].last + 1]
    telling = (norm for norm in norms if norm not in _COUNTING and not norm[0].isdigit())
    norm = next(telling, norms[0])
    return norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm


def _voice_features(context: Context, group: Sequence[Trigger], entity_id: str) -> list[str]:
    """Return features of the entity as the one who says what holds the trigger."""
    out: list[str] = []
    for trigger in group[:_MAX_TRIGGERS]:
        speech = context.speech[trigger.word]
        if speech is None:
            continue
        if entity_id in speech.via:
            out.append("via")
        if entity_id not in speech.speakers:
            continue
        out += ["speaker", "speaker|" + trigger.lemma.type, "speaker|" + speech.act]
        text = trigger.form.text
        if trigger.form.tense == "noun":
            first = trigger.form.suffix and text.endswith("نا")
        else:
            first = text.startswith(("ن", "سن", "سا", "ا")) or text.endswith(("نا", "ت"))
        if first:
            out.append("speaker|first|" + trigger.form.tense)
        out.append("speaker|" + ("noun" if trigger.form.tense == "noun" else "verb"))
    return out


def _subject_features(context: Context, trigger: Trigger, entity_id: str) -> list[str]:
    """Return features of the entity as an understood subject, named before the trigger."""
    at = trigger.word
    first = context.first_of[at]
    tense = "n" if trigger.form.tense == "noun" else "v"
    # who the clause's own subject is, if a mention follows at once
    follower = context.at[at + 1] if at < context.last_of[at] else None
    led = (
        "led" if follower is not None and link_before(context, follower) in ("w", "ent") else "free"
    )
    out = []
    seen: list[str] = []
    for spot in reversed(context.spots_between(max(0, at - 50), at - 1)):
        fresh = [e for e in context.meant(spot.entity) if e not in seen]
        if spot.entity.type != "LOC" and fresh:
            seen += fresh
            if entity_id in fresh:
                where = "here" if spot.first >= first else "back"
                out.append(f"recent={min(len(seen), 4)}|{where}|{tense}|{led}")
                if trigger.form.suffix:
                    out.append(f"recent={min(len(seen), 3)}|suffix")
            if len(seen) >= 4:
                break
    opening = context.spots_between(first, at)
    if opening and entity_id in context.meant(opening[0].entity):
        out.append(f"topic|{tense}|{led}")
    if entity_id in {
        s for k in range(first, at) if k in context.cues for s in context.cues[k].speakers
    }:
        out.append(f"teller|{tense}|{led}")
    return out


def _side_features(
    context: Context, kind: str, entity_id: str, spots: Sequence[tuple[Trigger, Spot]]
) -> list[str]:
    """Return features of the other names of the entity's side and of its turn among the parties."""
    out: list[str] = []
    own = context.entities[entity_id]
    country = context.countries.get(entity_id)
    if own.type == "LOC":
        out.append("lk=" + context.place_kinds.get(entity_id, ""))
    for trigger, spot in spots:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        rivals: set[str] = set()
        if spot.first > at:
            between = context.spots_between(at + 1, spot.first - 1)
            side = "after"
        else:
            between = context.spots_between(spot.last + 1, at - 1)
            side = "before"
        turn = 1
        for other in between:
            for rival in context.meant(other.entity):
                if rival != entity_id and rival not in rivals and may_act(context, rival):
                    if other.entity.type != "LOC" or not is_where(context, other):
                        rivals.add(rival)
                        turn += 1
        turns = str(min(turn, 4))
        tense = "n" if trigger.form.tense == "noun" else "v"
        link = link_before(context, spot)
        out += [
            f"{side}|turn={turns}|{tense}",
            f"{side}|turn={turns}|{link}",
            f"{kind}|{side}|turn={turns}",
        ]
        out.append(f"{side}|turn={turns}|{tense}|{own.type}")
        if own.type == "LOC":
            out.append(f"where={is_where(context, spot):d}")
            out.append(f"{context.place_kinds.get(entity_id, '')}|{side}|{link}")
        if country is not None:
            for other in context.spots_between(max(first, at - 25), min(last, at + 25)):
                mate = other.entity
                if mate.id != entity_id and context.countries.get(mate.id) == country:
                    out.append(f"mate|{own.type}|{mate.type}")
                    out.append(f"{kind}|mate|{own.type}|{mate.type}")
    return out


def names_place(context: Context, spot: Spot) -> bool:
    """Tell whether a place is named as the scene: «في جنيف», or «محادثات جنيف» behind a noun that
    names a meeting or a deal."""
    if spot.entity.type != "LOC":
        return False
    bare = spot.start == context.words.start[spot.first]
    if bare and spot.first > 0 and context.place_kinds.get(spot.entity.id) == "capital":
        _, readings = look_up(context.words.norm[spot.first - 1])
        if any(form.tense == "noun" and le.type in _NAMED_BY_PLACE for le, form, _ in readings):
            return True
    return is_where(context, spot)


def is_scene(context: Context, entity_id: str) -> bool:
    """Tell whether the article names a place only as where something is, as far as looked."""
    known = context.scenes.get(entity_id)
    if known is None:
        spots = context.spots_of.get(entity_id, ())[:_MOST_SPOTS]
        known = bool(spots) and all(
            spot.entity.type == "LOC" and is_where(context, spot) for spot in spots
        )
        context.scenes[entity_id] = known
    return known


def is_where(context: Context, spot: Spot) -> bool:
    """Tell whether a place is named as where something is: behind «في» or «ب», or as a dateline."""
    if link_before(context, spot) in _WHERE:
        return True
    if spot.first > 0 and context.words.norm[spot.first - 1] == "(":
        return True
    after = spot.last + 1
    opens = spot.first == context.first_of[spot.first]
    return opens and after < context.size and context.words.norm[after] in _DASHES


def party_features(
    context: Context,
    group: Sequence[Trigger],
    entity_id: str,
    spots: Sequence[tuple[Trigger, Spot]],
    outline: Outline,
) -> list[str]:
    """Return the features of the question: what part has this entity in this event?

    Args:
        context: the article.
        group: the event's triggers.
        entity_id: whom is asked about.
        spots: for each trigger whose sentence mentions the entity, the mention nearest to it.
        outline: the article's counts.
    """
    kind = group[0].lemma.type
    out = _article_features(context, group, entity_id, outline)
    out += _voice_features(context, group, entity_id)
    for trigger, spot in spots:
        out.extend(entity_features(context, trigger, spot, outline.others))
    out += _side_features(context, kind, entity_id, spots)
    if kind in _SIGNING and any(entity_id in signers(context, t) for t in group[:_MAX_TRIGGERS]):
        out += ["signer", "signer|" + kind]
    for trigger in group[:_MAX_TRIGGERS]:
        subject = _subject_features(context, trigger, entity_id)
        out += subject
        out += [f"{kind}|{f}" for f in subject if f.startswith("topic")]
        for k in (trigger.word + 1, trigger.word + 2, trigger.word + 3):
            if k <= context.last_of[trigger.word] and context.demonym(k) == entity_id:
                out += [f"demonym{k - trigger.word}", f"{kind}|demonym"]
    out.append("met=" + str(min(len(spots), 3)))
    out.append(f"share={len(spots) * 4 // min(len(group), _MAX_TRIGGERS)}")
    return list(dict.fromkeys(out))


def iter_party_questions(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> list[tuple[str, list[str]]]:
    """Return each candidate of an event with its features."""
    return [
        (entity_id, party_features(context, group, entity_id, spots, outline))
        for entity_id, spots in candidate_parties(context, group).items()
    ]


def find_participants(
    context: Context,
    group: Sequence[Trigger],
    candidates: Sequence[Weighed],
    *,
    threshold: float,
) -> tuple[Participant, ...]:
    """Return who takes part, in candidate order, each with the likeliest role.

    Args:
        context: the article's layers.
        group: the mentions of the event.
        candidates: who may take part.
        threshold: the chance from which one does.
    """
    kind = group[0].lemma.type
    weighed = []
    for entity_id, features, chances in candidates:
        none = chances["none"]
        role = max((r for r in chances if r != "none"), key=lambda r: chances[r])
        if role == "actor" and kind in _SIGNING | {"MEET"} and not _MEDIATING.isdisjoint(features):
            role = "mediator"
        elif role == "actor" and is_captive(context, entity_id):
            role = "target"
        weighed.append((entity_id, 1 - none, role))
    return choose_parties(context, kind, weighed, iter_lists(context, group), threshold)


def is_captive(context: Context, entity_id: str) -> bool:
    """Tell whether an entity is people in custody («الأسرى»), who do not act."""
    mentions = context.entities[entity_id].mentions
    if not mentions or any(m.kind == "named" for m in mentions):
        return False
    where = context.words.between(mentions[0].start, mentions[0].end)
    return bool(len(where)) and not captives().isdisjoint(bare_forms(context.words.norm[where[0]]))


def iter_lists(context: Context, group: Sequence[Trigger]) -> list[tuple[str, ...]]:
    """Return the entities of each list («روسيا وتركيا وإيران») in the sentences of the triggers."""
    out: list[tuple[str, ...]] = []
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        first = max(context.first_of[at], at - _REACH)
        run: list[str] = []
        before: Spot | None = None
        for spot in context.spots_between(first, min(context.last_of[at], at + _REACH)):
            if before is not None and _joins(context, before, spot):
                run.append(spot.entity.id)
            else:
                if len(run) > 1:
                    out.append(tuple(run))
                run = [spot.entity.id]
            before = spot
        if len(run) > 1:
            out.append(tuple(run))
    return out


def _joins(context: Context, left: Spot, right: Spot) -> bool:
    """Tell whether a mention is listed right after another of the same type: «A وB», «A و B»."""
    if left.entity.type != right.entity.type or left.entity.id == right.entity.id:
        return False
    words = context.words
    gap = right.first - left.last
    if gap == 1:
        return words.text[right.first][: right.start - words.start[right.first]] == "و"
    return gap == 2 and words.norm[left.last + 1] == "و"
