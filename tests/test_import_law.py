"""The import law: who may import what. The core never knows Prefect, DuckDB stays in the store."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

import claimcheck
from claimcheck.model import Document
from claimcheck.provenance import STEPS
from tests.unseen import BLIND, SHOWN, SOURCE, texts_unseen

MODULES = sorted(SOURCE.rglob("*.py"))

# library -> the parts of the package (by the first letters of their path) that may import it
ONLY = {
    "duckdb": ("store/",), "spacy": ("syntax/parser",), "dateparser": ("dates/", "documents/datelines"),
    "jinja2": ("report/", "review/"), "prefect": (), "typer": ("cli",),
}  # fmt: skip
NO_PATTERNS = BLIND
"""What meets and judges rows makes no pattern of its own: those are data, asked for by name."""
OF_NAMES = {
    "actor", "behind", "bodies", "last", "link", "m", "mention", "n", "named", "number", "one", "own",
    "place", "quantity", "speaker", "subject", "there", "whole",
}  # fmt: skip
"""What `text` may be of in what decides: names, places and mentions, which are what was found in a text."""
ASKS_NOBODY = ("linking", "judging", "store", "report", "review", "cli")
"""What `wording` never imports: it says what a text says, and nothing of rows."""
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


def breaches(path: Path, names: set[str]) -> Iterator[str]:
    """What a module imports that the law forbids it: a library of others, or an outer layer."""
    where = path.relative_to(SOURCE).as_posix()
    for library, allowed in ONLY.items():
        found = any(name == library or name.startswith(library + ".") for name in names)
        if found and not (allowed and where.startswith(allowed)):
            yield f"{where} imports {library}"
    if where.startswith(NO_PATTERNS) and "re" in names:
        yield f"{where} imports re"
    for outer in NOBODY_IMPORTS:
        inside = where.startswith(("cli/", "__main__", outer.removeprefix("claimcheck.").replace(".", "/")))
        if not inside and any(name == outer or name.startswith(outer + ".") for name in names):
            yield f"{where} imports {outer}"


def texts_read(where: str, tree: ast.AST) -> Iterator[str]:
    """Where code asks for the text of anything but a name or a mention, or takes a text to look through."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (where, node.name) in SHOWN:
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.arg == "text":
            yield f"{where}:{node.lineno} takes a text"
        if isinstance(node, ast.Attribute) and node.attr == "text":
            of = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if ast.unparse(of).rpartition(".")[2] not in OF_NAMES:
                yield f"{where}:{node.lineno} reads {ast.unparse(node)}"


def test_who_decides_sees_no_text() -> None:
    """What decides sees names, mentions and levels; what it shows of a claim in an explanation (`SHOWN`), it
    never decides upon. `test_cases` holds the same while it links."""
    names = [(path.relative_to(SOURCE).as_posix(), path) for path in MODULES]
    blind = {where: ast.parse(path.read_text("utf-8")) for where, path in names if where.startswith(BLIND)}
    assert len(blind) > 8
    found = [stated for where, tree in blind.items() for stated in texts_read(where, tree)]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "def f(claim): return claim.text",
        "def f(items): return [i.claim.text for i in items]",
        "def f(it): return it().text",
        "def f(text): return 1",
        "def f(a, *, text=''): return 1",
    ],
)
def test_a_text_that_is_read_is_seen(code: str) -> None:
    assert [*texts_read("linking/decide.py", ast.parse(code))]


def test_names_have_texts() -> None:
    code = "def f(item, n, named): return n.text, item.claim.quantity.text, item.place.text, named[0].text"
    assert [*texts_read("linking/decide.py", ast.parse(code))] == []
    assert [*texts_read("judging/explaining.py", ast.parse("def _written(claim): return claim.text"))] == []


def test_a_text_is_unseen_at_run_time() -> None:
    code = compile("def f(document): return document.text", str(SOURCE / "linking" / "decide.py"), "exec")
    space: dict[str, Any] = {}
    exec(code, space)
    document = Document(id="one", text="Two were hurt.")
    assert space["f"](document) == document.text
    with texts_unseen():
        assert document.text == "Two were hurt."
        with pytest.raises(AssertionError, match=r"linking/decide\.py: f reads the text of a document"):
            space["f"](document)


def test_wording_asks_no_table() -> None:
    outside = tuple(f"claimcheck.{part}" for part in ASKS_NOBODY)
    assert [name for name in imports(SOURCE / "wording.py") if name.startswith(outside)] == []


def test_every_module_keeps_the_law() -> None:
    assert len(MODULES) > 100
    assert [breach for path in MODULES for breach in breaches(path, imports(path))] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Whichever module somebody imports first must load: an import that a package's own file makes counts."""
    names = {".".join(("claimcheck", *p.relative_to(SOURCE).with_suffix("").parts)): p for p in MODULES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        stated = {
            f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in names else node.module or ""
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        stated |= {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
        parents = {".".join(one.split(".")[:end]) for one in stated for end in range(2, one.count(".") + 1)}
        graph[name] = {one for one in stated | parents if one in names and not name.startswith(f"{one}.")} - {
            name
        }
    assert [*TopologicalSorter(graph).static_order()]


def test_the_model_imports_nothing_of_ours() -> None:
    assert [name for name in imports(SOURCE / "model.py") if name.startswith("claimcheck")] == []


def test_the_law_sees_a_breach(tmp_path: Path) -> None:
    breach = tmp_path / "linker.py"
    breach.write_text("def f():\n    import duckdb\n    from claimcheck.cli import app\n", encoding="utf-8")
    assert imports(breach) == {"duckdb", "claimcheck.cli", "claimcheck.cli.app"}
    stated = list(breaches(SOURCE / "judging" / "linker.py", imports(breach)))
    assert stated == ["judging/linker.py imports duckdb", "judging/linker.py imports claimcheck.cli"]
    assert list(breaches(SOURCE / "cli" / "app.py", {"claimcheck.cli"})) == []


def test_no_function_is_longer_than_80_lines() -> None:
    """What does not fit a screen is named steps."""
    found = [
        f"{file.relative_to(SOURCE)}: {node.name}, {lines}"
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > 80
    ]
    assert found == []


# --- A stored reading is made anew where its code changed: the digest leaves no part of it out ---


SHOWING = {"cli", "data", "decisions", "evaluation", "report", "review", "sample", "store", "templates"}
"""Parts that neither read nor judge; `data` has a digest of its own."""


def test_every_part_that_reads_or_judges_is_in_the_digest() -> None:
    here = Path(claimcheck.__file__).parent
    parts = {f.name for f in here.iterdir() if f.is_dir() and not f.name.startswith("__")}
    modules = {step for step in STEPS if (here / f"{step}.py").is_file()}
    assert parts - SHOWING == set(STEPS) - modules, "say of a new part whether it reads or judges"
