"""The mixture of training pictures: what is shown how often."""

from typing import NamedTuple

import cv2
import numpy as np

import compose
import photometric
from photos import LESIONS, Photo
from render import Picture, anywhere, around_box, around_face, cut


class Recipe(NamedTuple):
    #: How often each kind of picture is made.
    shares: dict[str, float]
    #: Of pictures that show neither tattoo nor text of their own, how many get ink, letters, pen marks.
    ink: float
    letters: float
    pen: float
    #: Of the same, how many get a bar code or a matrix code.
    codes: float


RECIPES = {
    "photo": Recipe(
        {
            "crowd photo": 0.04,
            "masked face": 0.02,
            "clinical face": 0.06,
            "portrait": 0.03,
            "tattoo box": 0.24,
            "tattoo studio": 0.08,
            "lesion": 0.32,
            "dermoscopy": 0.06,
            "skin": 0.03,
            "hands": 0.04,
            "text": 0.08,
        },
        0.45, 0.25, 0.1, 0,
    ),
    "text": Recipe(
        {
            "text": 0.4,
            "lesion": 0.28,
            "dermoscopy": 0.08,
            "skin": 0.04,
            "hands": 0.04,
            "clinical face": 0.03,
            "portrait": 0.02,
            "crowd photo": 0.03,
            "tattoo box": 0.08,
        },
        0.15, 0.45, 0.15, 0.15,
    ),
}  # fmt: skip
#: Pictures in which what PP-OCRv4 sees is text; on skin it sees text that is not there.
SCENES = ("text", "crowd photo", "tattoo box", "portrait")
#: Longer side of a photo in the tool's close look.
CLOSE_SIDE = 1280
#: How often a lesion is shown in which nothing wrong was seen; 1 where all is wrong.
EVEN = 0.1
#: Of letters, how many are a panel of several lines, how many follow an arc.
PANEL, CURVED = 0.3, 0.1
#: Of pictures of lesions, how many get spots, of them and dermoscopy, how many a round black frame or bubbles.
NAEVI, VIGNETTE, BUBBLES = 0.1, 0.15, 0.08


class Mixture:
    """Makes pictures of size x size pixels without end; `rng` decides everything."""

    def __init__(self, recipe: Recipe, photos: list[Photo], designs: list, fonts: list, size: int):
        self.recipe, self.size = recipe, size
        self.designs, self.fonts = designs, fonts
        self.by_folder: dict[str, list[Photo]] = {}
        for photo in photos:
            self.by_folder.setdefault(photo.folder, []).append(photo)
        crowds = self.by_folder["face/wider"]
        faces = [int((p.faces[:, 4] == 1).sum()) for p in crowds]
        self.crowd_weights = np.sqrt(np.array(faces) + 1.0)
        self.crowd_weights /= self.crowd_weights.sum()
        #: How often each photo of a lesion is shown; see `show_more_of_wrong`.
        self.lesions = [photo for folder in LESIONS for photo in self.by_folder[folder]]
        self.lesion_weights = np.full(len(self.lesions), 1 / len(self.lesions))
        self.names, shares = list(recipe.shares), np.array(list(recipe.shares.values()))
        self.shares = shares / shares.sum()

    def show_more_of_wrong(self, wrong: np.ndarray) -> None:
        """`wrong`, 0-1 for each of `lesions`: how much a network saw in it that is not there."""
        self.lesion_weights = (wrong + EVEN) / (wrong + EVEN).sum()

    def pick(self, rng, *folders: str) -> Photo:
        folder = folders[rng.integers(len(folders))]
        photos = self.by_folder[folder]
        return photos[rng.integers(len(photos))]

    def picture(self, rng) -> Picture:
        name = self.names[rng.choice(len(self.names), p=self.shares)]
        made = getattr(self, name.replace(" ", "_"))(rng)
        if name in ("lesion", "dermoscopy", "skin", "hands", "clinical face"):
            self.decorate(made, rng, 0.25 if name == "clinical face" else 1.0)
        if name in ("lesion", "dermoscopy"):
            self.disturb(made, rng)
        made.scene = name in SCENES
        made.image = photometric.change_sharpness(photometric.change_light(made.image, rng), rng)
        return made

    def disturb(self, made: Picture, rng) -> None:
        """What a lesion or its photo has that fools a detector."""
        if rng.random() < NAEVI:
            # Where ink was drawn it stays ink.
            compose.put_naevi(made, rng, compose.skin_mask(made.image) * (made.labels[:, :, 2] == 0))
        if rng.random() < BUBBLES:
            compose.put_bubbles(made, rng)
        if len(made.faces) == 0 and rng.random() < VIGNETTE:
            compose.put_vignette(made, rng)

    def decorate(self, made: Picture, rng, share: float) -> None:
        if rng.random() < self.recipe.ink * share:
            skin = compose.skin_mask(made.image)
            for face in made.faces:
                x, y, w, h = face[:4].astype(int)
                skin[max(0, y) : y + h, max(0, x) : x + w] = 0
            for _ in range(1 + (rng.random() < 0.3) * rng.integers(1, 4)):
                design = compose.letter_design(rng, self.fonts) if rng.random() < 0.15 else self.designs[rng.integers(len(self.designs))]
                compose.put_tattoo(made, rng, design, skin)
        if rng.random() < self.recipe.letters * share:
            for _ in range(rng.integers(1, 4)):
                kind = rng.random()
                put = compose.put_panel if kind < PANEL else compose.put_curved_text if kind < PANEL + CURVED else compose.put_text
                put(made, rng, self.fonts)
        if rng.random() < self.recipe.codes * share:
            compose.put_code(made, rng)
        if rng.random() < self.recipe.pen * share:
            compose.put_pen_marks(made, rng)

    def crowd_photo(self, rng) -> Picture:
        crowds = self.by_folder["face/wider"]
        photo = crowds[rng.choice(len(crowds), p=self.crowd_weights)]
        if rng.random() < 0.6:
            # Small photos are shown enlarged, as the tool does it.
            scale, centre = around_face(photo, rng, self.size, 0.04, 0.35, most_enlarged=3.5)
            # The crowd fills the picture.
            half = self.size / scale / 2
            centre = [np.clip(c, min(0.8 * half, side / 2), max(side - 0.8 * half, side / 2)) for c, side in zip(centre, photo.image.shape[1::-1])]
        else:
            scale, centre = anywhere(photo, rng, self.size, 0.8, 3)
        return cut(photo, rng, self.size, self.size, scale, centre)

    def masked_face(self, rng) -> Picture:
        photo = self.pick(rng, "face/masks")
        return cut(photo, rng, self.size, self.size, *around_face(photo, rng, self.size, 0.1, 1.1))

    def clinical_face(self, rng) -> Picture:
        photo = self.pick(rng, "face/clinical")
        return cut(photo, rng, self.size, self.size, *around_face(photo, rng, self.size, 0.25, 2.2))

    def portrait(self, rng) -> Picture:
        photo = self.pick(rng, "face/singles", "face/reid", "face/reid")
        return cut(photo, rng, self.size, self.size, *around_face(photo, rng, self.size, 0.12, 1.8))

    def tattoo_box(self, rng) -> Picture:
        photo = self.pick(rng, "tattoo/bivtatt", "tattoo/wild", "tattoo/wild")
        boxes = cv2.connectedComponentsWithStats((photo.labels[:, :, 2] > 0).astype(np.uint8))[2][1:]
        if len(boxes) == 0 or rng.random() < 0.3:
            return cut(photo, rng, self.size, self.size, *anywhere(photo, rng, self.size, 0.6, 2.0))
        x, y, w, h = boxes[rng.integers(len(boxes))][:4]
        return cut(photo, rng, self.size, self.size, *around_box(photo, rng, self.size, (x, y, w, h), 0.12, 1.5))

    def tattoo_studio(self, rng) -> Picture:
        photo = self.pick(rng, "tattoo/studio")
        # Nobody says where the tattoo is, so that the whole photo has to be seen.
        return cut(photo, rng, self.size, self.size, *anywhere(photo, rng, self.size, 0.7, 1.05))

    def lesion(self, rng) -> Picture:
        photo = self.lesions[rng.choice(len(self.lesions), p=self.lesion_weights)]
        return cut(photo, rng, self.size, self.size, *anywhere(photo, rng, self.size, 0.6, 2.5))

    def dermoscopy(self, rng) -> Picture:
        photo = self.pick(rng, "negative/dermoscopy")
        return cut(photo, rng, self.size, self.size, *anywhere(photo, rng, self.size, 0.6, 2.0))

    def skin(self, rng) -> Picture:
        photo = self.pick(rng, "negative/skin")
        return cut(photo, rng, self.size, self.size, *anywhere(photo, rng, self.size, 0.7, 3.5))

    def hands(self, rng) -> Picture:
        photo = self.pick(rng, "negative/hands")
        return cut(photo, rng, self.size, self.size, *anywhere(photo, rng, self.size, 0.6, 2.5))

    def text(self, rng) -> Picture:
        photo = self.pick(rng, "text/incidental", "text/incidental", "text/oriented", "text/oriented", "text/burned-in", "text/forms")
        height, width = photo.image.shape[:2]
        words = cv2.connectedComponentsWithStats((photo.labels[:, :, 0] > 200).astype(np.uint8))[2][1:]
        if len(words) == 0 or rng.random() < 0.5:
            # About as the tool looks at it.
            scale = CLOSE_SIDE / max(height, width) * np.exp(rng.uniform(np.log(0.6), np.log(1.7)))
            free = [max(0.0, side - self.size / scale) / 2 for side in (width, height)]
            made = cut(photo, rng, self.size, self.size, scale, (width / 2 + rng.uniform(-free[0], free[0]), height / 2 + rng.uniform(-free[1], free[1])))
        else:
            x, y, w, h = words[rng.integers(len(words))][:4]
            # From barely legible to letters that fill the picture; the kernel is about half as high as its letters.
            scale = np.exp(rng.uniform(np.log(8), np.log(110))) / 2 / max(1, min(w, h))
            # A long line may reach far beyond the picture: in a close look, its letters are as large.
            scale = min(scale, 4.0, 4 * self.size / max(w, h))
            slack = [max(self.size / scale * 0.4, side / 2 - self.size / scale * 0.1) for side in (w, h)]
            made = cut(photo, rng, self.size, self.size, scale, (x + w / 2 + rng.uniform(-slack[0], slack[0]), y + h / 2 + rng.uniform(-slack[1], slack[1])))
        forget_illegible(made)
        return made


def forget_illegible(made: Picture) -> None:
    """Letters of fewer than six pixels are neither text nor none: what nobody can see teaches to guess."""
    inner = (made.labels[:, :, 0] > 90).astype(np.uint8)
    thick = cv2.dilate(cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((3, 3))), np.ones((7, 7)))
    made.labels[:, :, 1][cv2.dilate(inner & (1 - thick), np.ones((5, 5))) > 0] = 0
