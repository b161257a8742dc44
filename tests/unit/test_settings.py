from __future__ import annotations

from pathlib import Path

import pytest

from mahdar.errors import SettingError
from mahdar.settings import SETTINGS, load_settings


def test_later_places_win(tmp_path: Path) -> None:
    (tmp_path / "mahdar.toml").write_text('record = "file.db"\nworkers = 3\n', encoding="utf-8")
    values = load_settings({"MAHDAR_WORKERS": "2"}, tmp_path)
    assert values["record"] == "file.db"
    assert values["workers"] == 2
    assert values["chunk_articles"] == 50


@pytest.mark.parametrize(
    ("toml", "environment", "message"),
    [
        pytest.param("colour = 1", {}, "no setting is called 'colour'", id="unknown name"),
        pytest.param('workers = "many"', {}, "whole number", id="not a number"),
        pytest.param("workers = true", {}, "whole number", id="a truth value is no number"),
        pytest.param("language = 'fr'", {}, "one of ar, en", id="no such choice"),
        pytest.param("record = ", {}, "not valid TOML", id="broken file"),
        pytest.param("", {"MAHDAR_LANGUAGE": "xx"}, "MAHDAR_LANGUAGE", id="names the variable"),
        pytest.param(
            "", {"MAHDAR_SETTINGS": "nowhere.toml"}, "not a file", id="named file missing"
        ),
    ],
)
def test_errors_name_place(
    tmp_path: Path, toml: str, environment: dict[str, str], message: str
) -> None:
    (tmp_path / "mahdar.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingError, match=message):
        load_settings(environment, tmp_path)


def test_paths_come_as_list_or_joined(tmp_path: Path) -> None:
    (tmp_path / "mahdar.toml").write_text('packs = ["a", "b"]', encoding="utf-8")
    assert load_settings({}, tmp_path)["packs"] == ("a", "b")
    assert load_settings({"MAHDAR_PACKS": "c:d"}, tmp_path)["packs"] == ("c", "d")


def test_table_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"
    text = page.read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in text
        assert setting.help in text
