"""Which photo is for training and which is held out.

Split by what photos have in common (a person, a tattoo, a series), not by file: one fifth of the groups is held out, chosen by
a hash of the group's name. The rule is the split; there is no list that could go stale.
"""

import hashlib
import re

FOLDS = 5
HELD_OUT = 0


def group_of(folder: str, file: str) -> str:
    """The name that photos of one person, tattoo or series share, the same in every folder."""
    stem = re.sub(r"\.[A-Za-z]+$", "", file)
    if folder in ("face/reid", "face/singles"):
        return re.sub(r"_\d+$", "", stem.split("/")[-1])
    if folder == "tattoo/bivtatt":
        return f"bivtatt {stem.split('_')[0]}"
    if folder == "face/clinical" and (numbered := re.fullmatch(r"(levle\d+)_(\d+)", stem)):
        # Neighbours in this series are often one person from three sides.
        return f"{numbered[1]} {int(numbered[2]) // 20}"
    if folder in ("face/clinical", "face/dermnet", "negative/dermnet"):
        # The same photo, and photos of one patient, occur under names that differ in their endings, in both DermNet folders.
        name = stem.split("__")[0] if folder == "face/clinical" else stem.split("__")[-1]
        return re.sub(r"(-s|-v\d+|[-_]?\d+)*$", "", name) or stem.split("__")[0]
    if folder == "face/poses":
        # V3 has each person in seven directions, V2 does not say who is who.
        person = re.search(r"personne(\d\d)", stem)
        return f"personne {person[1]}" if person else "poses V2"
    if folder == "negative/hands":
        return f"hands {stem.split('pic')[0]}"
    return stem


def fold_of(folder: str, file: str) -> int:
    digest = hashlib.sha256(group_of(folder, file).encode()).digest()
    return int.from_bytes(digest[:4], "big") % FOLDS


def is_held_out(folder: str, file: str) -> bool:
    return fold_of(folder, file) == HELD_OUT


if __name__ == "__main__":
    # python folds.py FOLDER < names: prints those that are held out, for evaluation/eval.ts.
    import sys

    print("\n".join(file for file in sys.stdin.read().split("\n") if file and is_held_out(sys.argv[1], file)))
