"""The commands that README.md cites, for the tests."""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def commands() -> list[list[str]]:
    """Words of each `python FILE ...`, without what a shell would not hand on."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", (FOLDER / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    words = (re.sub(r"\s#.*", "", line).split() for line in lines)
    return [rest for first, *rest in filter(None, words) if first == "python" and rest[0].endswith(".py")]


def needs_torch(script: str) -> bool:
    """Whether a script imports PyTorch, itself or by another one of this folder."""
    seen, waiting = set(), [Path(script).stem]
    while waiting:
        name = waiting.pop()
        if name in seen or not (FOLDER / f"{name}.py").exists():
            if name == "torch":
                return True
            continue
        seen.add(name)
        waiting += re.findall(r"^(?:import|from) (\w+)", (FOLDER / f"{name}.py").read_text(), re.MULTILINE)
    return False


def check(words: list[str]) -> None:
    """Starts a command with --help, which has to know all of its options."""
    script, *rest = words
    subcommand = [rest[0]] if rest and rest[0].isalpha() else []
    told = subprocess.run([sys.executable, script, *subcommand, "--help"], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert [word for word in rest if word.startswith("--") and word not in told.stdout] == []
