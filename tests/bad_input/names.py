"""Names of nobody and of several, and parameters that take no such value, wherever a command asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bad_input.cases import WORLD, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names that nothing has -> what is said.
NOBODY = {
    "sous chef de partie": "No role is called 'sous chef de partie'. Did you mean 'chef de partie'",
    "PC": "'PC' names 2 things: chef de partie, pâtissier",
    "pc": "'pc' names 2 things",
    "": "No role is called ''",
    "   ": "No role is called '   '",
    "-": "No role is called '-'",
    "chef*": "No role is called 'chef*'",
    "chef%": "No role is called 'chef%'",
    "head\nchef\nde": "No role is called",
    "head chef\0": "No role is called",
    "role:": "No role is called 'role:'",
    "role:nobody": "No role is called 'role:nobody'",
    "role:head chef": "No role is called",
    "role:head-chef/": "No role is called",
    "role:../head-chef": "No role is called",
    "ROLE:head-chef": "No role is called",
    "skill:hygiene": "No role is called 'skill:hygiene'",
    "kitchen hygiene": "No role is called 'kitchen hygiene'",
    "nowhere:head-chef": "No role is called",
    "https://w3id.org/rolegraph/role/nobody": "No role is called",
    "<https://w3id.org/rolegraph/role/nobody>": "No role is called",
    "https://[": "No role is called",
    "<>": "No role is called",
    "head chef; DROP TABLE roles": "No role is called",
    '" } UNION { ?s ?p ?o } #': "No role is called",
    "../../etc/passwd": "No role is called",
    "$(touch owned)": "No role is called",
    "{{ 7 * 7 }}": "No role is called",
    "<script>alert(1)</script>": "No role is called",
    "\x1b[2J\x1b]0;owned\x07head chef": "No role is called",
    "head chef\u202e": "No role is called",
    "head chef\u200b\u2066": "No role is called",
    "\ud83d": "",
    "Ж" * 3_000: "No role is called",
    "head chef " * 5_000: "No role is called",
    "é" * 65_000: "No role is called",
    "1": "No role is called '1'",
    "null": "No role is called 'null'",
    "🧀" * 40: "No role is called",
}

#: Commands that ask for a name, with {} for it.
ASKING = (
    ("path", "{}", "head chef"),
    ("path", "head chef", "{}"),
    ("path", "KP", "head chef", "--via", "{}"),
    ("path", "KP", "head chef", "--avoid", "{}"),
    ("path", "KP", "head chef", "--no-degree", "{}"),
    ("path", "KP", "head chef", "--what-if", "{}"),
    ("path", "KP", "head chef", "--source", "{}"),
    ("path", "KP", "head chef", "--without-source", "{}"),
    ("gap", "{}", "head chef"),
    ("gap", "head chef", "{}"),
    ("why", "{}"),
    ("why", "head chef", "{}"),
    ("view", "{}", "-o", "map.html"),
    ("view", "head chef", "{}", "-o", "map.html"),
    ("query", "skills_of_role", "role={}"),
    ("diff", WORLD, WORLD, "--from", "{}"),
    ("diff", WORLD, WORLD, "--routes", "{}", "head chef"),
    ("find", "head", "--source", "{}"),
    ("role", "head chef", "--without-source", "{}"),
    ("export", "out.nq", "--source", "{}"),
    ("validate", "--source", "{}"),
    ("lint", "--source", "{}"),
    ("derive", "moves", "--source", "{}"),
    ("info", "--source", "{}"),
    ("lint", "--rule", "{}"),
    ("lint", "--without-rule", "{}"),
    ("queries", "show", "{}"),
    ("queries", "test", "{}"),
    ("query", "{}"),
)

NUMBER, TRUTH, IRI, DATE, TEXT = (
    f"SELECT ?x {{\nVALUES ?x {{ {value} }}\n}}"
    for value in ("1", "true", "<urn:a>", "'2026-01-01'^^xsd:date", "'a'")
)

#: Parameters of queries -> what is said.
PARAMETERS = {
    ("skills_of_role", "role"): "'role' is not of the form PARAM=VALUE",
    ("skills_of_role", "=head chef"): "is not of the form PARAM=VALUE",
    ("skills_of_role", "role:head chef"): "is not of the form PARAM=VALUE",
    ("skills_of_role", "skill=hygiene"): "it has: role.",
    ("skills_of_role", "role =head chef"): "it has: role.",
    ("skills_of_role", "role=head chef", "limit=5"): "it has: role.",
    ("skills_of_role", "role=head chef", "role=nobody"): "No role is called 'nobody'",
    ("skills_of_role", "role=https://["): "is no IRI",
    ("skills_of_role", "role=<urn:a b>"): "",
    ("skills_of_role", "role=role:%%"): "is no IRI",
    ("skills_of_role", "role=[head chef]"): "No role is called",
    ("skills_of_role", "role=head chef,sous-chef"): "No role is called",
    ("roles_by_skil", "skill=hygiene"): "No query is called 'roles_by_skil'",
    (NUMBER, "x=one"): "needs a number such as 1",
    (NUMBER, "x=1e"): "needs a number",
    (NUMBER, "x=٣"): "needs a number",
    (NUMBER, "x=" + "9" * 5_000 + "x"): "needs a number",
    (TRUTH, "x=yes"): "needs true or false",
    (IRI, "x=two words"): "neither an IRI nor a short name",
    (DATE, "x=01.02.2026"): "",
    (DATE, "x=2026-13-45"): "",
    (TEXT, "y=b"): "it has: x.",
    ("SELECT ?x { BIND(1 AS ?x) }", "x=2"): "it has: none",
}  # fmt: skip


def _cases() -> Iterator[Case]:
    for name, says in NOBODY.items():
        if "\0" in name:  # no process can be given such an argument
            yield Case(
                "name: NUL in a parameter",
                ("shell", "--data", WORLD),
                "",
                reads=f".run skills_of_role 'role={name}'\n".encode(),
            )
            continue
        yield Case(f"name: role {name!r:.60}", ("role", name, "--data", WORLD), says)
    for command in ASKING:
        data = () if command[0] == "diff" else ("--data", WORLD)
        for name in ("nobody at all", "\x1b[31m\u202e" + "x" * 9_000)[: 2 if command in ASKING[::4] else 1]:
            arguments = (*(part.replace("{}", name) for part in command), *data)
            yield Case(
                f"name: {' '.join(command)} {name!r:.15}",
                arguments,
                "nobody at all" if "nobody" in name else "Error: ",
            )
    for values, says in PARAMETERS.items():
        yield Case(f"parameter: {' '.join(values)!r:.80}", ("query", *values, "--data", WORLD), says)
    yield Case("name: nothing is found", ("find", "nobody at all", "--data", WORLD), "", code=1)
    yield Case("name: nothing is found that steers", ("find", "\x1b[31m\u202e", "--data", WORLD), "", code=1)
    yield Case(
        "name: no route",
        ("path", "food critic", "KP", "--data", WORLD),
        "No route from food critic to kitchen porter",
        code=1,
    )
    yield Case("name: no claims", ("why", "cheesemonger", "KP", "--data", WORLD), "", code=1)
    many = "ab " * 30_000
    for command in (("why", many), ("gap", many, "KP"), ("query", "skills_of_role", f"role={many}")):
        yield Case(f"name: {command[0]}, of many words", (*command, "--data", WORLD), "is called 'ab ab ")
    yield Case("name: find, of many words", ("find", many, "--data", WORLD), "Nothing has 'ab ab ", code=1)
    yield Case("name: lines of Unicode", ("info", "--data", "a\u2028b\u2029" * 20), "a b a b a b")


CASES = [*_cases()]
