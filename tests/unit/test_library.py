"""sayso from Python, as the README shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_readme_snippet_runs(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Truce\n\nThe truce holds, Sund said on Monday.")
    (snippet,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.S)
    run = subprocess.run(
        [sys.executable, "-c", snippet], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "Sund" in run.stdout


def test_the_functions_stay_functions_whatever_is_imported():
    code = (
        "import sayso, sayso.pipeline\n"
        "from sayso.read import plain\n"
        "from sayso.annotate import KINDS\n"
        "assert sayso.read.__module__ == 'sayso.library' == sayso.annotate.__module__"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
