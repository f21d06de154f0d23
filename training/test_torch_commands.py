"""Every command of README.md that needs PyTorch starts."""

import pytest

from cited import check, commands, needs_torch


@pytest.mark.parametrize("words", [words for words in commands() if needs_torch(words[0])], ids=" ".join)
def test_a_command_starts(words):
    check(words)
