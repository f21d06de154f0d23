"""A file with a slim head is the teacher's trunk, to the bit, and the head."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from slim_heads import CHANNELS, HEADS, distance, joined, with_taps

ROOT = Path(__file__).parent.parent
FILES = {"text": "patient-text-net", "photo": "patient-photo-net"}


def answers(model: onnx.ModelProto, image: np.ndarray) -> list[torch.Tensor]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return [torch.from_numpy(a) for a in session.run(None, {"image": image})]


@pytest.mark.parametrize("network", list(HEADS))
@pytest.mark.parametrize("shape", [(32, 32), (96, 160)])
def test_a_joined_file_equals_trunk_and_head(tmp_path, network, shape):
    torch.manual_seed(1)
    teacher = onnx.load(ROOT / f"models/{FILES[network]}/{FILES[network]}.onnx")
    head = HEADS[network]([torch.full((channels,), 3.0) for channels in CHANNELS])
    path = tmp_path / "slim.onnx"
    joined(teacher, head, path)
    image = np.random.default_rng(1).normal(0, 1, (1, 3, *shape)).astype(np.float32)
    _, *taps = answers(with_taps(teacher), image)
    with torch.no_grad():
        expected = torch.sigmoid(head(*taps))
    slim = onnx.load(path)
    assert [output.name for output in slim.graph.output] == [teacher.graph.output[0].name]
    _, *same_taps = answers(with_taps(slim), image)
    assert all(torch.equal(a, b) for a, b in zip(taps, same_taps, strict=True))
    assert torch.allclose(answers(slim, image)[0], expected, atol=1e-5)


def test_a_head_that_agrees_costs_nothing():
    taught = torch.tensor([[[0.02, 0.3, 0.97]]])
    assert distance(torch.logit(taught), taught).item() == pytest.approx(0, abs=1e-6)
    assert distance(torch.logit(taught) + 1, taught) > 0.05
