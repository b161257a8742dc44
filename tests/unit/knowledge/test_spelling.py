"""Units, variants, surnames and skeletons of names."""

from __future__ import annotations

import pytest

from mahdar.knowledge.demonyms import iter_forms
from mahdar.knowledge.spelling import iter_variants, name_units, skeleton, surname_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أبو ظبي", "أبوظبي"),
        ("عبد الله", "عبدالله"),
        ("سيف الدين", "سيفالدين"),
        ("ابن سلمان", "بن سلمان"),
        ("جان-إيف لودريان", "جان إيف لودريان"),
        ("مكّة", "مكة"),
        ("القــدس", "القدس"),
    ],
)
def test_same_units(one: str, other: str) -> None:
    assert name_units(one) == name_units(other)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("جون كيري", "كيري"),
        ("ستافان دي ميستورا", "دي ميستورا"),
        ("مولود جاويش أوغلو", "جاويش اوغلو"),
        ("محمد بن سلمان", "بن سلمان"),
        ("أحمد أبو الغيط", "ابوالغيط"),
        ("زين العابدين بن علي", "بن علي"),
        ("نتنياهو", ""),
    ],
)
def test_surname(name: str, surname: str) -> None:
    assert " ".join(surname_of(name_units(name))) == surname


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("غوتيريس", "جوتيرس", True),
        ("شتاينماير", "شتاينمير", True),
        ("نتنياهو", "نتانياهو", True),
        ("لافروف", "لفروف", True),
        ("كيري", "كرزاي", False),
        ("هولاند", "هاموند", False),
    ],
)
def test_skeleton(one: str, other: str, same: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is same


def test_variants_by_rule() -> None:
    assert set(iter_variants(("الاخوان", "المسلمون"), plural=True)) == {
        ("الاخوان", "المسلمون"),
        ("الاخوان", "المسلمين"),
    }
    assert ("رياض",) in set(iter_variants(("رياض",)))
    assert ("فواد",) in set(iter_variants(("فؤاد",)))


@pytest.mark.parametrize(
    ("demonym", "form", "is_form"),
    [
        ("يمني", "يمنيه", True),
        ("يمني", "يمنيين", True),
        ("كوري شمالي", "كوريه شماليه", True),
        ("أتراك", "اتراك", True),
        ("أتراك", "اتراكه", False),
    ],
)
def test_demonym_forms(demonym: str, form: str, is_form: bool) -> None:
    assert (form in set(iter_forms(demonym))) is is_form
