"""Every command of README.md that needs no PyTorch starts."""

import pytest

from cited import check, commands, needs_torch

CITED = commands()


def test_commands_are_found():
    assert len(CITED) >= 8


@pytest.mark.parametrize("words", [words for words in CITED if not needs_torch(words[0])], ids=" ".join)
def test_a_command_starts(words):
    check(words)
