"""PyTorch is large, and nothing but training needs it: without it, what does not import it is tested."""

import importlib.util

NEED_TORCH = ["test_faces.py", "test_slim_heads.py", "test_training.py", "test_torch_commands.py"]
HAS_TORCH = importlib.util.find_spec("torch") is not None

collect_ignore = [] if HAS_TORCH else NEED_TORCH


def pytest_report_header() -> str:
    return "with PyTorch" if HAS_TORCH else f"without PyTorch, and so without {', '.join(NEED_TORCH)}"
