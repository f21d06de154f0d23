"""What Presidio's image redactor (MIT) would cover, in the form of `image-deid inspect --json`.

    python presidio_predictions.py PHOTO...

Needs the PyPI package presidio-image-redactor and the program tesseract. Its spaCy model for names is not on PyPI: without
it, only what Presidio knows by patterns (dates, numbers, mail addresses) counts as identifying.
"""

import json
import sys
import time

import spacy
from PIL import Image
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_image_redactor import ImageAnalyzerEngine

NAMES_MODEL = "en_core_web_lg"


class LoadedEngine(SpacyNlpEngine):
    """Presidio downloads a model that is not there; this one takes what there is."""

    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": NAMES_MODEL}])
        self.nlp = {"en": spacy.load(NAMES_MODEL) if spacy.util.is_package(NAMES_MODEL) else spacy.blank("en")}

    def load(self):
        pass


def main():
    sys.stdout, report = sys.stderr, sys.stdout
    engine = ImageAnalyzerEngine(AnalyzerEngine(nlp_engine=LoadedEngine()))
    for path in sys.argv[1:]:
        image = Image.open(path).convert("RGB")
        begin = time.perf_counter()
        found = engine.analyze(image)
        elapsed = (time.perf_counter() - begin) * 1000
        boxes = [{"x": r.left, "y": r.top, "width": r.width, "height": r.height} for r in found]
        corners = lambda x, y, width, height: [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
        answer = {
            "file": path,
            "width": image.width,
            "height": image.height,
            "detections": [{"kind": "text", "box": b} for b in boxes],
            "redactions": [{"kinds": ["text"], "box": b, "polygon": corners(**b)} for b in boxes],
            "timings": {"detect": elapsed},
        }
        print(json.dumps(answer), file=report)


if __name__ == "__main__":
    main()
