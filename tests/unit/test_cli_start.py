import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def loaded_by(code: str) -> set[str]:
    shown = "import sys; sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}; {shown}"], capture_output=True, text=True, check=True
    )
    return set(run.stderr.split())


def test_help_loads_neither_spacy_nor_typer():
    code = "import sys; sys.argv = ['sayso', '--help']; from sayso.__main__ import main; main()"
    loaded = loaded_by(code)
    assert not loaded & {"spacy", "typer", "msgspec", "numpy", "rich"}


def test_the_command_line_does_not_load_spacy():
    assert not loaded_by("import sayso.cli, sayso.pipeline") & {"spacy", "onnxruntime", "numpy"}


def test_generated_docs_are_fresh():
    run = subprocess.run(
        [sys.executable, "-m", "docs.make", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout
