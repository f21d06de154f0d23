"""Of the close-up network: needs no photos."""

import json

import numpy as np
import pytest
import torch

import evaluate_faces
import faces_light
import faces_loss
import faces_photos
import faces_views
import train_faces
from export_faces import export, largest_difference
from faces_net import CLASSES, FaceNetwork, normalise
from folds import fold_of, group_of


def photo(kind="face", boxes=((0, 100, 60, 120, 150, 1), (3, 130, 160, 60, 30, 1)), folder="face/dermnet"):
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (300, 400, 3), np.uint8)
    rows = np.array(boxes, np.float32).reshape(-1, 6)
    visible = faces_photos.draw_visible(rows.tolist(), kind, (400, 300))
    return faces_photos.Photo(folder, "a.jpg", 1, kind, rows, faces_photos.SHOWN[kind], image, visible)


@pytest.fixture(scope="module")
def photos():
    return faces_views.Photos([photo(), photo("part", ((3, 130, 160, 60, 30, 1),)), photo("none", ())], "cpu")


def test_photos_of_one_patient_are_one_group_in_both_folders():
    names = ("Rosacea__acne-face-46.jpg", "Acne__acne-face-7.jpg")
    assert group_of("face/dermnet", names[0]) == group_of("negative/dermnet", names[1]) == "acne-face"
    assert fold_of("face/poses", "V3_Test_RGB_0_personne11146p0p0.jpg") == fold_of("face/poses", "V3_Train_RGB_p90_personne11152p0p90.jpg")


def test_a_pack_gives_back_what_was_packed(tmp_path):
    data, cache = tmp_path / "data", tmp_path
    (data / "face/dermnet").mkdir(parents=True)
    from PIL import Image

    Image.new("RGB", (800, 600), (200, 150, 120)).save(data / "face/dermnet/a.png")
    objects = [{"kind": "face", "box": [100, 100, 400, 400], "ignore": False}, {"kind": "nose", "box": [250, 250, 80, 120], "ignore": False}]
    entry = {"file": "a.png", "width": 800, "height": 600, "class": "face", "objects": objects}
    (data / "face/dermnet/labels.json").write_text(json.dumps({"images": [entry]}))
    for name in ("faces.json", "landmarks.json"):
        (cache / name).write_text("{}")
    faces_photos.pack(data, cache, tmp_path / "pack", ["face/dermnet"])
    (back,) = faces_photos.unpack(tmp_path / "pack")
    assert back.image.shape == (300, 400, 3) and back.visible.shape == (300, 400)
    assert back.boxes.tolist() == [[0, 50, 50, 200, 200, 1], [2, 125, 125, 40, 60, 1]]
    assert back.visible[150, 150] == 255 and back.visible[5, 390] == 0


def test_boxes_move_with_the_picture(photos):
    turn = torch.tensor([[[0.0, -2.0], [2.0, 0.0]]])
    rows = torch.tensor([[[0.0, 100, 60, 120, 150, 1]]])
    point = torch.tensor([[160.0, 135.0]])
    boxes, seen = faces_views.move_boxes(rows, turn, point, 128, 128)
    # Its centre stays in the middle, its sides are halved and changed with each other.
    assert torch.allclose(boxes[0, 0], torch.tensor([64 - 37.5, 64 - 30, 64 + 37.5, 64 + 30]))
    assert seen.item() == pytest.approx(1)


def test_a_batch_is_pictures_and_labels(photos):
    torch.manual_seed(0)
    image, kind, boxes, states, negative, visible, shown = train_faces.make_batch(photos, 6, (64, 96))
    assert image.shape == (6, 3, 64, 96) and visible.shape == (6, 1, 64, 96) and shown.shape == (6, 2)
    assert 0 <= image.min() and image.max() <= 255
    known = states == 1
    assert (boxes[known][:, :2] >= 0).all() and (boxes[known][:, 2] <= 96).all() and (boxes[known][:, 3] <= 64).all()


def test_a_box_that_is_found_exactly_costs_less():
    kind, states = torch.tensor([[0.0]]), torch.tensor([[1]])
    boxes = torch.tensor([[[16.0, 16, 80, 64]]])
    target, _, cells = faces_loss.box_targets(kind, boxes, states, 96, 96)
    answer = torch.zeros(1, len(CLASSES), 5, 12, 12)
    answer[:, :, 0] = torch.where(target.reshape(1, -1, 12, 12) == 1, 8.0, -8.0)
    reach = torch.stack([cells[:, 0] - 16, cells[:, 1] - 16, 80 - cells[:, 0], 64 - cells[:, 1]])
    answer[:, :, 1:] = torch.log(reach.clamp(min=1) / 8).reshape(1, 1, 4, 12, 12)
    weight = torch.ones(1, len(CLASSES))
    score, place = faces_loss.box_losses(answer, kind, boxes, states, weight, 96, 96)
    blind = answer.clone()
    blind[:, :, 0] = -8
    blind_score, _ = faces_loss.box_losses(blind, kind, boxes, states, weight, 96, 96)
    assert score < 0.01 < 1 < blind_score and place < 0.01


def test_light_skin_and_compression_keep_values_in_range():
    torch.manual_seed(1)
    image = torch.rand(4, 3, 64, 64)
    covered, hidden = faces_light.cover(image)
    assert torch.equal(covered[hidden.expand_as(image) == 0], image[hidden.expand_as(image) == 0])
    for change in (faces_light.change_skin, faces_light.change_light, faces_light.change_sharpness):
        changed = change(image)
        assert changed.min() >= 0 and changed.max() <= 1
    assert (faces_light.compress(image, torch.full((4,), 100.0)) - image).abs().max() < 0.02


def test_normalisation_changes_nothing():
    torch.manual_seed(2)
    trunk = FaceNetwork().trunk.eval()
    for layer in trunk.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.running_var.fill_(1 - layer.eps)
    picture = torch.rand(2, 3, 64, 64) * 255
    with torch.no_grad():
        before = trunk(picture)
        normalise(trunk, [picture])
        after = trunk.eval()(picture)
    for a, b in zip(before, after):
        assert torch.allclose(a, b, rtol=1e-3, atol=1e-3 * float(a.abs().max()))


def test_the_exported_file_gives_the_same_numbers(tmp_path):
    torch.manual_seed(3)
    network = FaceNetwork().eval()
    normalise(network.trunk, [torch.rand(2, 3, 64, 64) * 255])
    export(network, tmp_path / "face.onnx")
    assert largest_difference(network, tmp_path / "face.onnx") < 2e-4


def test_two_features_of_a_head_are_a_face_and_one_is_none():
    eye, mouth = [1, 10, 10, 20, 10, 0.6], [3, 15, 40, 20, 10, 0.6]
    rule = evaluate_faces.Rule()
    faces, alone = evaluate_faces.decide({"rows": [eye, mouth], "shown": [0.0, 1.0]}, rule)
    assert [f.tolist() for f in faces] == [[10, 10, 25, 40]] and alone == []
    faces, alone = evaluate_faces.decide({"rows": [eye], "shown": [0.0, 1.0]}, rule)
    assert faces == [] and len(alone) == 1


def test_an_unsure_face_needs_two_features():
    face = [0, 0, 0, 60, 60, 0.1]
    parts = [[1, 10, 10, 20, 10, 0.6], [2, 25, 22, 10, 15, 0.6]]
    rule = evaluate_faces.Rule()
    assert len(evaluate_faces.decide({"rows": [face, *parts], "shown": [0.9, 1.0]}, rule)[0]) == 1
    assert evaluate_faces.decide({"rows": [face], "shown": [0.9, 1.0]}, rule)[0] == []


def test_intervals_are_wilsons():
    low, high = evaluate_faces.wilson(0, 100)
    assert low == pytest.approx(0, abs=1e-9) and high == pytest.approx(0.037, abs=0.001)
