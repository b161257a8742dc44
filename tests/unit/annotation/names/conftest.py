"""A small world of its own, so that the names' tests do not move with the shipped packs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.find import entities_of
from mahdar.annotation.names.view import View, make_view
from mahdar.annotation.names.wordclasses import load_lexicon
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.join import join_packs
from mahdar.knowledge.records import Actor, Pack, Place, Post
from mahdar.model import Entity
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def _state(id_: str, iso: str, name: str, demonym: str, capital: str) -> Place:
    return Place(
        id_, "country", {"ar": (name,), "en": (id_,)}, iso, demonyms=(demonym,), capital=capital
    )


def _city(id_: str, iso: str, name: str, kind: str = "city") -> Place:
    return Place(id_, kind, {"ar": (name,), "en": (id_,)}, iso)


def _person(id_: str, iso: str, name: str, *posts: Post) -> Actor:
    return Actor(id_, "PER", "politician", {"ar": (name,), "en": (id_,)}, iso, posts)


def _body(id_: str, kind: str, *names: str, country: str | None = None) -> Actor:
    return Actor(id_, "ORG", kind, {"ar": names, "en": (id_,)}, country)


PACK = Pack(
    "small",
    actors=(
        _person("john-kerry", "US", "جون كيري", Post("foreign-minister", "united-states", "2013", "2017")),
        _person("rex-tillerson", "US", "ريكس تيلرسون", Post("foreign-minister", "united-states", "2017", "2018")),
        _person("sergey-lavrov", "RU", "سيرغي لافروف", Post("foreign-minister", "russia", "2004")),
        _person("sameh-shoukry", "EG", "سامح شكري", Post("foreign-minister", "egypt", "2014", "2024")),
        _person("hadi", "YE", "عبد ربه منصور هادي", Post("president", "yemen", "2012", "2022")),
        _body("united-nations", "igo", "الأمم المتحدة"),
        _body("hamas", "movement", "حماس", "حركة حماس", country="PS"),
        _body("houthis", "armed-group", "الحوثيون", "جماعة الحوثي", country="YE"),
        _body("pkk", "armed-group", "حزب العمال الكردستاني", country="TR"),
        _body("asharq", "newspaper", "الشرق الأوسط"),
        _body("al-watan", "newspaper", "الوطن"),
    ),
    places=(
        _state("united-states", "US", "الولايات المتحدة", "أمريكي", "washington"),
        _state("russia", "RU", "روسيا", "روسي", "moscow"),
        _state("egypt", "EG", "مصر", "مصري", "cairo"),
        _state("yemen", "YE", "اليمن", "يمني", "sanaa"),
        _state("turkey", "TR", "تركيا", "تركي", "ankara"),
        _state("saudi-arabia", "SA", "السعودية", "سعودي", "riyadh"),
        _state("syria", "SY", "سوريا", "سوري", "damascus"),
        _city("baqubah", "IQ", "بعقوبة"),
        _city("moscow", "RU", "موسكو", "capital"),
        _city("cairo", "EG", "القاهرة", "capital"),
        _city("ankara", "TR", "أنقرة", "capital"),
        _city("riyadh", "SA", "الرياض", "capital"),
        _city("aden", "YE", "عدن"),
        _city("middle-east", "", "الشرق الأوسط", "region"),
        _city("tadmur", "SY", "تدمر"),
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return join_packs([PACK])


@pytest.fixture(scope="session")
def view(knowledge: Knowledge) -> Callable[[str], View]:
    lexicon = load_lexicon(knowledge.demonyms)

    def make(text: str) -> View:
        return make_view(text, find_words(text, split_sentences(text)), knowledge, lexicon)

    return make


@pytest.fixture(scope="session")
def entities(knowledge: Knowledge) -> Callable[..., tuple[Entity, ...]]:
    def find(text: str, date: str | None = "2015-08-01") -> tuple[Entity, ...]:
        return entities_of(text, find_words(text, split_sentences(text)), knowledge, date)

    return find
