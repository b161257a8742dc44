"""The classes of words that the event stage learns with."""

from __future__ import annotations

import pytest

from mahdar.lexicon.word_classes import load_word_classes, word_class


def test_every_class_lies_in_one_wider_class():
    wider = {}
    for own in load_word_classes().values():
        assert wider.setdefault(own.fine, own.wide) == own.wide


@pytest.mark.parametrize(
    ("left", "right"),
    [("لقاء", "اجتماع"), ("يناير", "فبراير"), ("الثلاثاء", "الاربعاء")],
    ids=["meetings", "months", "weekdays"],
)
def test_words_of_one_kind_share_a_wide_class(left, right):
    assert word_class(left).wide == word_class(right).wide


def test_a_word_with_proclitics_is_found_by_the_rest():
    listed = load_word_classes()
    assert "وبالاسكندريه" not in listed
    assert word_class("وبالاسكندريه") == word_class("الاسكندريه") or word_class(
        "وبالاسكندريه"
    ) == word_class("اسكندريه")


@pytest.mark.parametrize("norm", ["2015", "12,5"])
def test_numbers_have_a_class_of_their_own(norm):
    assert word_class(norm) == (-2, -2)


def test_an_unknown_word_has_none():
    assert word_class("ظظظظظ") == (-1, -1)
