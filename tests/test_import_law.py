"""The import law: who may import what. The core never knows Prefect, DuckDB stays in the store."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "claimcheck"
MODULES = sorted(SOURCE.rglob("*.py"))

# library -> the parts of the package (by the first letters of their path) that may import it
ONLY = {
    "duckdb": ("store/",),
    "spacy": ("claims/parsing", "claims/wordwise"),
    "dateparser": ("dates/", "documents/datelines"),
    "jinja2": ("report/", "review/"),
    "prefect": (),
    "typer": ("cli",),
}
NOBODY_IMPORTS = ("claimcheck.cli", "claimcheck.review", "flows")


def imports(path: Path) -> set[str]:
    """Every module that a file imports at run time, type-checking blocks left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_only_the_named_modules_import_a_library(path: Path) -> None:
    where = path.relative_to(SOURCE).as_posix()
    for library, allowed in ONLY.items():
        if any(name == library or name.startswith(library + ".") for name in imports(path)):
            assert where.startswith(allowed) if allowed else False, f"{where} imports {library}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_nothing_imports_the_outer_layers(path: Path) -> None:
    where = path.relative_to(SOURCE).as_posix()
    for name in imports(path):
        for outer in NOBODY_IMPORTS:
            inside = where.startswith(
                ("cli/", "__main__", outer.removeprefix("claimcheck.").replace(".", "/"))
            )
            assert inside or not (name == outer or name.startswith(outer + ".")), f"{where} imports {name}"


def test_the_model_imports_nothing_of_ours() -> None:
    files = sorted((SOURCE / "model").glob("*.py"))
    assert files
    for path in files:
        ours = {name for name in imports(path) if name.startswith("claimcheck")}
        assert all(name.startswith("claimcheck.model.") for name in ours), path


def test_the_law_sees_a_breach(tmp_path: Path) -> None:
    breach = tmp_path / "linking.py"
    breach.write_text("def f():\n    import duckdb\n", encoding="utf-8")
    assert "duckdb" in imports(breach)
