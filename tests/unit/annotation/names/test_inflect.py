from __future__ import annotations

import pytest

from mahdar.annotation.names.inflect import iter_forms


@pytest.mark.parametrize(
    ("form", "number", "feminine", "definite"),
    [
        ("وزير", "one", False, False),
        ("الوزيره", "one", True, True),
        ("الوزيران", "two", False, True),
        ("الوزيرين", "two", False, True),
        ("وزراء", "many", False, False),
        ("وزيرا", "one", False, False),
    ],
)
def test_forms_with_a_broken_plural(form: str, number: str, feminine: bool, definite: bool) -> None:
    forms = {f.form: f for f in iter_forms("وزير", ("وزراء",))}
    assert (forms[form].number, forms[form].feminine, forms[form].definite) == (
        number,
        feminine,
        definite,
    )


def test_a_sound_plural() -> None:
    forms = {f.form: f.number for f in iter_forms("مسؤول")}
    assert forms["المسؤولين"] == forms["مسؤولون"] == forms["مسؤولو"] == "many"


def test_no_feminine_where_it_is_another_word() -> None:
    forms = {f.form for f in iter_forms("محافظ", (), "no")}
    assert "محافظه" not in forms
    assert "المحافظون" in forms
