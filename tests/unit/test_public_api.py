from __future__ import annotations

import mahdar


def test_public_names_are_pinned() -> None:
    assert sorted(mahdar.__all__) == [
        "Article",
        "Reading",
        "__version__",
        "iter_articles",
        "iter_readings",
        "load_engine",
        "read_article",
    ]
    for name in mahdar.__all__:
        assert getattr(mahdar, name) is not None
