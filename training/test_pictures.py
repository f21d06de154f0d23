"""Of the pictures that networks are trained with, and which photos they are of: needs no photos."""

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import compose
from folds import group_of, is_held_out
from photos import Photo, kernel
from render import Picture, cut


def test_photos_of_one_person_tattoo_or_series_stay_together():
    assert group_of("face/reid", "A_B/A_B_0001.jpg") == group_of("face/reid", "A_B/A_B_0002.jpg")
    assert group_of("tattoo/bivtatt", "100_1.jpg") == group_of("tattoo/bivtatt", "100_2.jpg")
    assert group_of("negative/dermnet", "Acne__acne-face-1-12.jpg") == group_of("face/clinical", "acne-face-1-11__x.jpg")
    held = sum(is_held_out("negative/dermoscopy", f"ISIC_{i}.jpg") for i in range(1000))
    assert 150 < held < 250


def test_a_kernel_lies_a_quarter_of_the_height_inside():
    line = np.array([[0, 0], [100, 0], [100, 20], [0, 20]], float)
    expected = np.array([[5, 5], [95, 5], [95, 15], [5, 15]])
    assert np.allclose(kernel(line), expected)
    assert np.allclose(np.sort(kernel(line[::-1]), 0), np.sort(expected, 0))


def test_a_turned_face_keeps_its_place():
    image = np.zeros((200, 100, 3), np.uint8)
    image[40:80, 30:50] = 255
    photo = Photo("face/wider", "x", image, np.array([[30, 40, 20, 40, 1]], np.float32), np.array([0, 255, 0, 255], np.uint8))
    for seed in range(40):
        picture = cut(photo, np.random.default_rng(seed), 160, 160, 1.0, (40, 60))
        ys, xs = np.nonzero(picture.image[:, :, 0] > 250)
        x, y, w, h, known = picture.faces[0]
        assert known == 1
        # A white border may surround the photo; what is white in the middle is the face.
        middle = (abs(xs - 80) < 30) & (abs(ys - 80) < 30)
        assert abs(xs[middle].mean() + 0.5 - (x + w / 2)) < 1.5 and abs(ys[middle].mean() + 0.5 - (y + h / 2)) < 1.5


def test_ink_darkens_skin_and_is_labelled():
    skin = np.full((320, 320, 3), (141, 164, 214), np.uint8)
    picture = Picture(skin.copy(), np.zeros((0, 5), np.float32), np.broadcast_to(np.array([0, 255, 0, 255], np.uint8), (320, 320, 4)).copy())
    mask = np.zeros((60, 60), np.uint8)
    cv2.circle(mask, (30, 30), 25, 255, 6)
    design = (np.zeros((60, 60, 3), np.uint8), mask, True)
    assert compose.put_tattoo(picture, np.random.default_rng(3), design, compose.skin_mask(skin))
    changed = (picture.image != skin).any(2)
    inked = picture.labels[:, :, 2] > 0
    assert inked.any() and changed.any()
    assert (picture.image <= skin).all()
    # Blurred edges reach beyond what is labelled.
    assert inked[changed].mean() > 0.5


@pytest.mark.parametrize("put", [compose.put_text, compose.put_panel, compose.put_curved_text, lambda picture, rng, _: compose.put_code(picture, rng)])
def test_letters_are_labelled_where_they_are(put):
    rng = np.random.default_rng(2)
    fonts = compose.list_fonts()
    for _ in range(20):
        skin = np.full((320, 320, 3), (141, 164, 214), np.uint8)
        picture = Picture(skin.copy(), np.zeros((0, 5), np.float32), np.broadcast_to(np.array([0, 255, 0, 255], np.uint8), (320, 320, 4)).copy())
        put(picture, rng, fonts)
        kernel = picture.labels[:, :, 0] > 127
        assert (picture.labels[:, :, 1][kernel] == 255).all()
        changed = (picture.image != skin).any(2)
        # Of the shrunk target nearly everything lies among the letters or on their label.
        near = cv2.dilate(changed.astype(np.uint8), np.ones((25, 25))) > 0
        assert near[kernel].all()
