"""What the package offers: the names it lists are those one sees, documented, and importing costs nothing."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys

import pytest
import worlds

import rolegraph as rg
from rolegraph.stores import FORMATS

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(rg.__path__, "rolegraph.")
    if not module.name.endswith("__main__")
)


def test_the_list_of_names_is_what_is_visible():
    visible = worlds.python("import rolegraph; print(*sorted(dir(rolegraph)))").split()
    assert visible == sorted(rg.__all__)
    assert len(set(rg.__all__)) == len(rg.__all__)


def test_each_public_name_has_a_home():
    assert sorted(rg.__all__) == sorted([*rg._HOMES, "__version__"])
    for name, home in rg._HOMES.items():
        module = importlib.import_module(f"rolegraph.{home}")
        assert getattr(rg, name) is getattr(module, "open_graph" if name == "open" else name)


def test_every_name_can_be_imported():
    names = ", ".join(f"{name} as _{name}" for name in rg.__all__)
    worlds.python(f"from rolegraph import {names}")
    worlds.python("from rolegraph import *; open; RoleGraph; avoid")


def test_importing_a_module_does_not_take_the_place_of_a_public_name():
    """A module named like a function, once imported, would hide it."""
    code = f"""
import importlib, rolegraph
for name in {MODULES!r}:
    importlib.import_module(name)
for name in rolegraph.__all__:
    assert not type(getattr(rolegraph, name)).__name__ == "module", name
"""
    worlds.python(code)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'rolegraph' has no attribute 'opne'"):
        rg.opne  # noqa: B018


def test_the_version_is_that_of_the_installed_package_or_of_the_command():
    assert worlds.python("import rolegraph; print(rolegraph.__version__)").strip() == rg.__version__
    assert [part.isdigit() for part in rg.__version__.split(".")] == [True] * 3


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        (
            "import rolegraph",
            "pyoxigraph networkx rdflib pyshacl pyvis jinja2 pandas numpy click rich IPython json",
        ),
        (
            "import rolegraph; rolegraph.NoPath; rolegraph.Table; rolegraph.Pay",
            "pyoxigraph networkx rdflib pandas",
        ),
        (
            "import rolegraph; g = rolegraph.open()",
            "networkx rdflib pyshacl pyvis jinja2 pandas numpy rich IPython",
        ),
        (
            "import rolegraph; g = rolegraph.open(); g.select('SELECT * { ?s ?p ?o }'); g.find('CPO')",
            "networkx rdflib pyshacl pyvis pandas numpy rich",
        ),
        (
            "import rolegraph; g = rolegraph.open(); g.path('product developer', 'CEO'); g.gap('CTO', 'CPO')",
            "rdflib pyshacl pyvis jinja2 pandas numpy rich",
        ),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(statement, unwanted):
    loaded = set(worlds.python(f"{statement}\nimport sys; print(*sys.modules)").split())
    assert loaded.isdisjoint(unwanted.split())


def callables():
    """Give every public function, class and method of the package with its name."""
    for name in MODULES:
        module = importlib.import_module(name)
        yield name, module
        for key, value in vars(module).items():
            if key.startswith("_") or getattr(value, "__module__", None) != name:
                continue
            if inspect.isclass(value) or inspect.isfunction(value):
                yield f"{name}.{key}", value
            if inspect.isclass(value):
                for method, member in vars(value).items():
                    function = getattr(member, "__func__", getattr(member, "fget", member))
                    if not method.startswith("_") and inspect.isfunction(function):
                        yield f"{name}.{key}.{method}", function


#: Methods that click calls; what they do is said in its documentation.
OVERRIDES = {
    "list_commands",
    "get_command",
    "format_commands",
    "parse_args",
    "convert",
    "invoke",
    "main",
    "show",
}


def test_everything_public_is_documented_in_sentences():
    everything = {
        name: inspect.getdoc(value) for name, value in callables() if name.rpartition(".")[2] not in OVERRIDES
    }
    assert len(everything) > 120
    assert [name for name, doc in everything.items() if not doc] == []
    first = {name: doc.split("\n")[0] for name, doc in everything.items()}
    assert [line for line in first.values() if not line.endswith((".", ":"))] == []


def test_the_docstring_of_open_names_the_formats():
    (named,) = re.findall(r"by its ending: ([^)]*)", rg.open.__doc__)
    assert {".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld"} <= set(named.split()) <= set(FORMATS)


def test_the_types_are_there_for_who_checks_them():
    assert (worlds.SOURCES / "rolegraph" / "py.typed").is_file()


def test_it_runs_without_the_extras():
    """With pandas hidden everything but frames works."""
    code = """
import sys
sys.modules["pandas"] = None
import rolegraph as rg
path = rg.open().path("product developer", "CEO")
print(path, len(path._repr_html_()) > 100)
try:
    path.to_frame()
except rg.MissingExtra as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(worlds.SOURCES)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        "product developer -> chief product officer -> chief executive officer True\n"
        "This needs pandas. Install it with: pip install 'rolegraph[pandas]'\n"
    )
