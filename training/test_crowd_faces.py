"""python -m pytest training: needs requirements.txt, no photos."""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import crowd_faces

SIZE = (96, 160)


@pytest.fixture
def image():
    return (np.random.default_rng(1).random((1, 3, *SIZE)) * 255).astype(np.float32)


def answers(model: onnx.ModelProto, given: dict) -> dict:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, given)))


def test_centerface_gives_the_same_numbers(image):
    published = crowd_faces.without_listed_weights(crowd_faces.published_centerface())
    before = answers(published, {"input.1": image})
    after = answers(crowd_faces.centerface(crowd_faces.published_centerface()), {"image": image})
    assert set(after) == {"score", "size", "offset"}
    for old, (new, _) in crowd_faces.CENTERFACE.items():
        assert np.allclose(before[old], after[new], atol=1e-4)


def test_retinaface_gives_the_same_numbers(image):
    blue_first = image[:, ::-1] - crowd_faces.MEANS.reshape(1, 3, 1, 1)
    before = answers(crowd_faces.published_retinaface(), {"input": blue_first})
    after = answers(crowd_faces.retinaface(crowd_faces.published_retinaface()), {"image": image})
    values = {"score": 1, "box": 4, "points": 10}
    anchors = lambda name: np.concatenate(
        [after[f"{name}{s}"][0].transpose(1, 2, 0).reshape(-1, values[name]) for s in crowd_faces.STRIDES]
    )
    assert np.allclose(before["conf"][0, :, 1:], anchors("score"), atol=1e-5)
    assert np.allclose(before["loc"][0], anchors("box"), atol=1e-4)
    assert np.allclose(before["landmarks"][0], anchors("points"), atol=1e-4)
