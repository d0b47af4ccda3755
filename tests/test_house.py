"""The house: one word for one thing, pages in folders of their own, drawing in one wing each."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

from inteso_dash.pages import PAGES
from tests.paths import ROOT

MODULES = {
    path.relative_to(ROOT / "inteso_dash"): ast.parse(path.read_text("utf-8"))
    for path in sorted((ROOT / "inteso_dash").rglob("*.py"))
}
FEWEST_LINES, MOST_LINES = 100, 600
PARTS_OF_A_FOLDER = {
    "__init__.py",
    "__main__.py",
    "content.py",
    "files.py",
    "kept.py",
    "page.py",
    "texts.py",
    "view.py",
}
"""What a folder has under a name of its own, however little there is to say."""

SHORT = {
    "app/frame.py": "is run anew for every visitor",
    "app/ready.py": "the one door to what takes long to import",
    "boundaries/assets.py": "components need it without the libraries of boundaries",
    "city/aggregation/contradictions.py": "looks at what all other ways of aggregation have made",
    "city/disclosure/places.py": "nine modules of protection stand on it",
    "city/drawn.py": "joins a city with what the browser is sent; neither knows the other",
    "cli/boundaries.py": "one command, one module",
    "cli/build.py": "one command, one module",
    "cli/check.py": "one command, one module",
    "cli/handout.py": "one command, one module",
    "cli/profile.py": "one command, one module",
    "drawing/area_map/symbols.py": "two wings draw them",
    "drawing/components.py": "all that the browser draws is sent by it",
    "drawing/profile_table/component.py": "loads a component; data are made without Streamlit",
    "drawing/paper/axes.py": "both modules of charts stand on it",
    "drawing/paper/charts.py": "a row for every kind of chart, above all that draw",
    "drawing/screen/charts.py": "a row for every kind of chart, above all that draw",
    "files/kinds.py": "a row for every kind of file",
    "files/methods.py": "one document",
    "files/typeset.py": "the one place that knows Typst",
    "intake/recognise/rows.py": "between keys, names and what is said of them",
    "language/statuses.py": "the vocabulary that all wings share",
    "measures/methods.py": "reads the table of methods beside it",
    "pages/gebietssuche/columns.py": "both searches stand on it",
    "pages/slides.py": "all pages stand on it",
    "pages/unterbringung/screen/scenario_sites.py": "would make its section too long",
    "session/charts.py": "all pages draw with it, most of them without a map",
    "session/literal.py": "everything that is shown stands on it",
    "session/mishaps.py": "has to work where all else fails",
    "session/own_areas.py": "all pages stand on it",
    "tables/reading/child.py": "a process of its own",
}
"""Modules that are shorter, and why they stand apart."""

LIBRARIES = {
    "streamlit": (
        "app",
        "session",
        "pages",
        "drawing/area_map",
        "drawing/finder",
        "drawing/keeper",
        "drawing/link_copier",
        "drawing/presenter",
        "drawing/profile_table",
        "drawing/small_maps",
    ),
    "plotly": ("drawing/screen",),
    "matplotlib": ("drawing/paper",),
    "pptx": ("files",),
    "typst": ("files",),
    "httpx": ("boundaries/fetch",),
}
"""Libraries that draw, show or reach the network, and the only places that know them."""


def test_no_two_public_classes_have_the_same_name() -> None:
    places = defaultdict(list)
    for path, tree in MODULES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.as_posix())
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_no_module_only_hands_on_names() -> None:
    handing = [
        path.as_posix()
        for path, tree in MODULES.items()
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)
        and all(
            isinstance(node, ast.Import | ast.ImportFrom)
            or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
            for node in tree.body
        )
    ]
    assert not handing


def lengths() -> dict[str, int]:
    """Return the lines of every module."""
    return {
        path.as_posix(): len((ROOT / "inteso_dash" / path).read_text("utf-8").splitlines())
        for path in MODULES
    }


def test_modules_stay_readable() -> None:
    assert not {path: count for path, count in lengths().items() if count > MOST_LINES}


def test_no_module_is_a_shard() -> None:
    short = {
        path
        for path, count in lengths().items()
        if count < FEWEST_LINES and path.rpartition("/")[2] not in PARTS_OF_A_FOLDER
    }
    assert sorted(short - SHORT.keys()) == []
    assert sorted(SHORT.keys() - lengths().keys()) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_known_in_one_wing(library: str) -> None:
    strangers = [
        path.as_posix()
        for path, tree in MODULES.items()
        if not path.as_posix().startswith(LIBRARIES[library])
        for node in ast.walk(tree)
        if library in names(node)
    ]
    assert not strangers


def names(node: ast.AST) -> set[str]:
    """Return the packages that a statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    return set()


def test_what_is_kept_is_asked_for_in_one_way() -> None:
    """Results are held by their arguments as they are: one left out would be another key."""
    keeping = [
        (path, function)
        for path, tree in MODULES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        if isinstance(decorator.func, ast.Name)
        if decorator.func.id in {"cached", "kept"}
    ]
    assert len(keeping) > 20
    assert [
        f"{path}: {function.name}"
        for path, function in keeping
        if function.args.defaults or any(function.args.kw_defaults)
    ] == []


def test_every_page_is_a_folder_and_a_row() -> None:
    folders = {
        path.parts[1] for path in MODULES if path.parts[0] == "pages" and len(path.parts) > 2
    }
    assert folders == {page.id for page in PAGES}
    for page in PAGES:
        assert page.script.is_file()
        assert page.slides == (page.script.with_name("view.py")).is_file()


def test_tests_mirror_the_wings() -> None:
    wings = {path.parts[0] for path in MODULES if len(path.parts) > 1}
    tested = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert wings - {"shipped"} <= tested
