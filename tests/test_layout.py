"""The house rules: who imports whom, how large a piece may be, where SQL lives, and what the README must name."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from analytics import __main__ as command_line
from analytics import results
from analytics.ingest.formats import all_formats

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("analytics", "pages", "sql")
PRODUCT = [*sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")), ROOT / "app.py"]
QUERIES = sorted((ROOT / "sql" / "queries").rglob("*.sql"))
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_ENTRY = 350, 60, 80
SQL_IN_TEXT = re.compile(
    r"\b(select\b.+\bfrom|insert\s+into|delete\s+from|update\b.+\bset|create\s+(temp\s+)?table|alter\s+table)\b",
    re.IGNORECASE | re.DOTALL,
)
# a letter in brackets, so that this file passes its own test
NOT_OURS = re.compile(
    r"(?<![\w.])/(?:work|tmp/ven[v]|root|home/\w+|Users/\w+)/|pyp[i]\.org|pythonhoste[d]\.org|/opt/pyp[i]"
)


def name(path: Path) -> str:
    """A file's path inside the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The modules a file imports, anywhere in it, with the names it takes from them."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: a relative import hides which way it goes"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def breaches(folder: str, forbidden: str) -> list[str]:
    """Imports of a forbidden module (a regular expression) in the files below a folder."""
    files = [path for path in PRODUCT if name(path).startswith(folder)]
    assert files, f"there is nothing in {folder}: the rule would hold for no file"
    return [f"{name(path)}: {module}" for path in files for module in imported(path) if re.match(forbidden, module)]


def test_no_script_lies_directly_in_pages() -> None:
    # Streamlit opens such a script without app.py, so without the gate.
    assert [name(path) for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"] == []


def test_analytics_never_imports_streamlit_or_a_page() -> None:
    assert breaches("analytics/", r"(streamlit|pages|app|tests)\b") == []


def test_shared_page_code_imports_no_page() -> None:
    assert breaches("pages/ui/", r"(pages\.(?!ui\b)|app\b|tests\b)") == []


def test_a_page_imports_no_other_page() -> None:
    assert breaches("pages/", r"(pages\.(?!ui\b)|app\b|tests\b)") == []


def test_the_schema_imports_nothing_of_ours() -> None:
    assert breaches("sql/", r"(analytics|pages|app|tests|streamlit)\b") == []


def test_only_analytics_speaks_to_the_database() -> None:
    assert breaches("pages/", r"(psycopg2|sqlalchemy|duckdb|alembic|analytics\.embedded)\b") == []


PAGE_CODE = [path for path in PRODUCT if name(path).startswith("pages/")]
HOOKS = ("on_click", "on_change", "on_select")


def hooked(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """What widgets of a file call when they are used, and what makes files when their button is pressed."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in HOOKS:
                    yield str(key.value), value
        if not isinstance(node, ast.Call) or ast.unparse(node.func).endswith("More"):
            continue  # tables.More hands on what the table then hooks
        yield from ((each.arg, each.value) for each in node.keywords if each.arg in HOOKS)
        if ast.unparse(node.func).endswith("download_button"):
            data = [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "data")]
            yield from (("data", each) for each in data if isinstance(each, ast.Lambda | ast.Call))


def unguarded(path: Path) -> list[str]:
    """Those of them that would act as nobody, or as whoever acted last: Streamlit calls them without app.py."""
    wanted = {"data": "gate.file"} | dict.fromkeys(HOOKS, "gate.callback")
    return [
        f"{name}={ast.unparse(value)}"
        for name, value in hooked(path)
        if not isinstance(value, ast.Constant)
        and not (isinstance(value, ast.Call) and ast.unparse(value.func) == wanted[name])
    ]


@pytest.mark.parametrize("path", PAGE_CODE, ids=name)
def test_what_runs_without_the_entry_goes_through_the_gate(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if name(path) != "pages/ui/gate.py":
        assert re.findall(r"st\.(?:fragment|dialog|experimental_\w+)\b", text) == []
    if name(path) != "pages/ui/login.py":  # there nobody acts yet
        assert unguarded(path) == []


@pytest.mark.parametrize(
    "code", ["st.button('x', on_click=f)", "a = {'on_change': f}", "st.download_button('x', lambda: b'')"]
)
def test_what_passes_by_the_gate_would_be_found(code: str, tmp_path: Path) -> None:
    file = tmp_path / "passing.py"
    file.write_text(f"{code}\nst.button('x', on_click=gate.callback(f))\nst.button('x', on_click='ignore')\n")
    assert len(unguarded(file)) == 1


def test_tables_are_edited_only_by_those_who_may() -> None:
    known = {"pages/ui/access.py"}
    assert {name(path) for path in PAGE_CODE if "data_editor(" in path.read_text(encoding="utf-8")} <= known


def test_the_entry_is_short() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= LONGEST_ENTRY


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_module_and_no_function_is_too_long(path: Path) -> None:
    # a migration is the schema's history, and is not cut up afterwards
    if "migrations/versions" not in name(path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert [(each.name, lines) for each, lines in functions(path) if lines > LONGEST_FUNCTION] == []


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, int]]:
    """The functions of a file and how many lines each has."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_sql_is_built_in_python(path: Path) -> None:
    assert [f"line {line}" for line, text in built_texts(path) if SQL_IN_TEXT.search(text)] == []


def built_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Texts put together from values: f-strings, .format(…) of a plain text, % and + with a text."""
    for node in ast.walk(tree(path)):
        parts: list[ast.AST] = []
        if isinstance(node, ast.JoinedStr):
            parts = list(node.values)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            parts = [node.func.value]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
            parts = [node.left, node.right]
        text = " ".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        if text:
            yield getattr(node, "lineno", 0), text


@pytest.mark.parametrize("built", ["f'select {x} from t'", "'delete from {}'.format(x)", "'update t set a = %s' % x"])
def test_sql_built_in_python_would_be_found(built: str, tmp_path: Path) -> None:
    file = tmp_path / "built.py"
    file.write_text(f"x = 1\nquery = {built}\n")
    assert [line for line, text in built_texts(file) if SQL_IN_TEXT.search(text)] == [2]


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_file_holds_one_statement(path: Path) -> None:
    code = re.sub(r"--[^\n]*|'(?:[^']|'')*'", "", path.read_text(encoding="utf-8")).strip().rstrip(";")
    assert ";" not in code
    assert re.match(r"(?:with|select)\b", code), "a query reads"


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_every_query_is_used(path: Path) -> None:
    asked = path.relative_to(ROOT / "sql" / "queries").with_suffix("").as_posix()
    python = "\n".join(each.read_text(encoding="utf-8") for each in PRODUCT)
    assert f'"{asked}"' in python


def test_parameters_are_cast_so_that_they_are_found() -> None:
    # `:name::type` is no parameter to SQLAlchemy, and it says nothing.
    files = [*QUERIES, *(ROOT / "sql" / "load").rglob("*.sql"), *(ROOT / "sql" / "rollups").rglob("*.sql")]
    assert [name(path) for path in files if re.search(r":\w+::", path.read_text(encoding="utf-8"))] == []


def test_the_migrations_have_one_head() -> None:
    scripts = ScriptDirectory.from_config(configured())
    assert len(scripts.get_heads()) == 1 and len(scripts.get_bases()) == 1


def configured() -> Config:
    """Alembic's settings for our migrations."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "sql" / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def tracked() -> list[Path]:
    """The text files of the project, as git knows them."""
    asked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode:
        pytest.skip("this is not a git checkout, so there is no list of the project's files")
    names = [line for line in asked.stdout.splitlines() if not line.endswith((".gz", ".png", ".ico"))]
    return [ROOT / each for each in names if (ROOT / each).is_file()]


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = {name(path): NOT_OURS.search(path.read_text(encoding="utf-8", errors="replace")) for path in tracked()}
    assert {file: hit.group() for file, hit in found.items() if hit} == {}


@pytest.mark.parametrize("text", ["/{}/main", "see /home/{}/shop", "at {}.org/simple"])
def test_a_machine_path_would_be_found(text: str) -> None:
    assert any(NOT_OURS.search(text.format(word)) for word in ("work", "py" + "pi"))


@pytest.fixture(scope="module")
def readme() -> str:
    """What the README says."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(command_line._parser()[1]))
def test_the_readme_names_every_command(command: str, readme: str) -> None:
    assert f"python -m analytics {command}" in readme


@pytest.mark.parametrize("result", results.RESULTS)
def test_the_readme_names_every_result(result: str, readme: str) -> None:
    assert f"`{result}`" in readme


@pytest.mark.parametrize("format_name", [each.name for each in all_formats()])
def test_the_readme_has_a_line_for_every_format(format_name: str, readme: str) -> None:
    assert re.search(rf"^\| [^|]*`{format_name}`[^|]*\|[^|\n]+\|[^|\n]+\|", readme, re.MULTILINE)


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run app.py",
        "python3 -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && .venv/bin/pytest",
    ],
)
def test_the_readme_starts_and_tests_the_app_with_one_command(command: str, readme: str) -> None:
    assert command in readme.splitlines()


def test_a_table_is_never_cut_by_a_plain_list_of_flags() -> None:
    # of an empty table such a list is empty, too, and names no columns instead of no rows: .loc takes it for rows
    by_list = re.compile(r"(?<!\.loc)(?<!\.iloc)(?<=\w)\[\s*\[(?!\*)[^\n]* for ")
    found = [f"{path.name}: {text}" for path in PRODUCT for text in by_list.findall(path.read_text(encoding="utf-8"))]
    assert found == []
