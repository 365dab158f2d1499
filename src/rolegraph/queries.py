"""Reads `queries/*.rq` and fills their parameters with serialised terms, never with text.

A query file is documentation, parameters and SPARQL in one, and runs unchanged in any SPARQL tool:

    # The question that it answers, in one line.
    # role: the role that it is about
    PREFIX ...
    SELECT ... WHERE {
      VALUES ?role { role:chief-product-officer }
      ...

A parameter is a line with `VALUES`; what stands in it is its example and its default. What is said of it
begins with its type: "a role", "the skill ...", "a whole number", "a text", "a year", or, for texts that
can only be some, "one of YEAR, MONTH, HOUR: ...".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rolegraph.errors import ParameterError, SourceError, UnknownQuery
from rolegraph.resources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyoxigraph as ox

#: A parameter: `VALUES ?name { terms }` alone on its line. Blanks before it end with the line: were empty
#: lines read as well, each of many would be read anew from each before it.
_PARAMETER = re.compile(
    r"^(?P<before>[^\S\n]*VALUES\s+\?(?P<name>\w+)\s*\{)"
    r"""(?P<terms>(?:"(?:[^"\\\n]|\\.)*"|[^"{}\n])*)"""
    r"(?P<after>\}.*)$",
    re.MULTILINE,
)

_DESCRIBED = re.compile(r"(\w+): (.+)")

#: Types of parameters that are no things, by the sort of term that a value is.
_VALUE_TYPES = {
    "number": ("number", "whole number"),
    "text": ("text", "date", "year", "month", "time"),
    "truth": ("yes or no",),
}

#: Types of parameters that are things: the kinds that have names, and others that have IRIs.
_THING_TYPES = (
    "role", "group", "skill", "duty", "value", "degree", "subject", "certification", "training",
    "organization", "occupation", "area", "source", "claim", "concept", "thing",
)  # fmt: skip

_TYPES = "|".join((*_THING_TYPES, *(word for words in _VALUE_TYPES.values() for word in reversed(words))))

_SAID = re.compile(rf"(?:(?P<article>an?|any|the) )?(?P<type>{_TYPES})(?P<end>[,;:.]|$)?(?!\w)")

_CHOICES = re.compile(r"one of (?P<words>[^:;.]+)")

#: XML Schema datatype of a default -> the type of the parameter.
_DATATYPES = {"date": "date", "gYear": "year", "gYearMonth": "month", "dateTime": "time"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query can be asked with; `default` is one or more terms as SPARQL writes them."""

    name: str
    description: str
    default: str

    @property
    def is_iri(self) -> bool:
        """Whether its values are IRIs, which labels stand for, rather than numbers or strings."""
        return not re.match(r"\s*[\"'\d+.-]|\s*(true|false)\b", self.default)

    @property
    def sort(self) -> str:
        """What sort of terms its values are, as its default is: thing (an IRI), number, truth or text."""
        if self.is_iri:
            return "thing"
        default = self.default.strip()
        return "text" if default[:1] in "\"'" else "truth" if default[:1] in "tf" else "number"

    @property
    def type(self) -> str:
        """What its values are, in a word or two: what its description begins with, else what its default is.

        >>> Parameter("goal", "the role that you want", "role:x").type, Parameter("n", "", "5").type
        ('role', 'number')
        """
        said = _SAID.match(self.description)
        if said and _sort_of(said["type"]) == self.sort:
            return said["type"]
        if self.sort == "text":
            return _DATATYPES.get(self.default.strip().rpartition("^^xsd:")[2], "text")
        if self.sort == "thing":
            prefix = self.default.strip().partition(":")[0].replace("org", "organization")
            return prefix if prefix in _THING_TYPES else "thing"
        return {"truth": "yes or no", "number": "number"}[self.sort]

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that it can be, as its description lists them; none where it can be any.

        >>> Parameter("per", "one of YEAR, MONTH or HOUR: what is paid for", '"YEAR"').choices
        ('YEAR', 'MONTH', 'HOUR')
        """
        listed = _CHOICES.match(self.description) if self.sort == "text" else None
        return tuple(re.split(r",\s*(?:or\s+)?|\s+or\s+", listed["words"].strip())) if listed else ()

    @property
    def takes_anything(self) -> bool:
        """Whether it takes things of every kind, and not only those of the kind of its default."""
        return self.description.startswith("any")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that somebody wrote down as SPARQL."""

    name: str
    text: str
    question: str
    description: str
    parameters: tuple[Parameter, ...]

    def fill(self, values: Mapping[str, Sequence[ox.NamedNode | ox.Literal]]) -> str:
        """Give the SPARQL with these terms in place of the defaults.

        Raises ParameterError for a parameter that the query lacks, or one without any term.
        """
        known = {parameter.name for parameter in self.parameters}
        for name, terms in values.items():
            if name not in known:
                listed = ", ".join(sorted(known)) or "none"
                message = f"The query {self.name} has no parameter {name!r}; it has: {listed}.".replace(
                    "  ", " "
                )
                raise ParameterError(message)
            if not terms:
                message = f"Parameter {name!r} needs a value."
                raise ParameterError(message)

        def put(match: re.Match[str]) -> str:
            if match["name"] not in values:
                return match[0]
            terms = " ".join(str(term) for term in values[match["name"]])
            return f"{match['before']} {terms} {match['after']}"

        return _PARAMETER.sub(put, self.text)


def read_query(file: Path) -> NamedQuery:
    """Read a query file.

    Raises SourceError when it does not begin with a comment, or describes a parameter that it has not (or
    the reverse).
    """
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError.no_text(file, error) from error
    comment = re.match(r"(?:#[^\n]*\n)+", text)
    if comment is None:
        raise SourceError(file, "must begin with a comment that says what it answers", line=1)
    lines = [line.removeprefix("#").strip() for line in comment[0].splitlines()]
    described = {found[1]: found[2] for line in lines if (found := _DESCRIBED.fullmatch(line))}
    defaults = {found["name"]: found["terms"].strip() for found in _PARAMETER.finditer(text)}
    if described.keys() != defaults.keys():
        odd = ", ".join(sorted(described.keys() ^ defaults.keys()))
        raise SourceError(file, f"describes other parameters than its VALUES lines have: {odd}")
    prose = [line for line in lines if line and not _DESCRIBED.fullmatch(line)]
    if not prose:
        raise SourceError(file, "must begin with a comment that says what it answers", line=1)
    return NamedQuery(
        name=file.stem,
        text=text,
        question=prose[0],
        description=" ".join(prose),
        parameters=tuple(
            _checked(Parameter(name, described[name], default), file) for name, default in defaults.items()
        ),
    )


def _sort_of(said: str) -> str:
    """Give the sort of terms that are of a type."""
    return next((sort for sort, types in _VALUE_TYPES.items() if said in types), "thing")


def _checked(parameter: Parameter, file: Path) -> Parameter:
    """Give a parameter whose default is of the type that is said.

    "a number, the least" says it; "the value of a stay" may be no more than words.
    """
    said, default = _SAID.match(parameter.description), parameter.default
    sure = said and said["end"] is not None and said["article"] != "the"
    if said and sure and _sort_of(said["type"]) != parameter.sort:
        reason = f"says that {parameter.name} is a {said['type']}, and its default {default} is none"
        raise SourceError(file, reason)
    choices = parameter.choices
    if choices and any(text not in choices for text in re.findall(r"[\"']([^\"']*)[\"']", default)):
        raise SourceError(file, f"says that {parameter.name} is one of {', '.join(choices)}; not {default}")
    return parameter


def ad_hoc_query(sparql: str) -> NamedQuery:
    """Give a query that somebody typed; what its `VALUES ?name { ... }` lines hold can be replaced."""
    parameters = tuple(
        Parameter(found["name"], "", found["terms"].strip()) for found in _PARAMETER.finditer(sparql)
    )
    return NamedQuery("", sparql, "", "", parameters)


def named_query(name: str) -> NamedQuery:
    """Give the named query that ships as `queries/NAME.rq`.

    Raises UnknownQuery, with the nearest names.
    """
    # Compared with the list rather than opened by name, so that "../x" is simply unknown.
    if name not in query_names():
        from difflib import get_close_matches  # noqa: PLC0415 - only a misspelt name needs it

        raise UnknownQuery(name, get_close_matches(name.replace("-", "_"), query_names(), n=3))
    return read_query(folder("queries") / f"{name}.rq")


def query_names() -> list[str]:
    """Give the names of all named queries, sorted."""
    return sorted(file.stem for file in folder("queries").glob("*.rq"))


@cache
def _text_of(file: Path) -> str:
    """Read a file that ships, once: where a query is searched for paths, no file may be opened any more."""
    return file.read_text("utf-8")


def projection_query(name: str, **words: Sequence[str]) -> str:
    """Give the text of `queries/projection/NAME.rq`, with these words as the values of its parameters."""
    file = folder("queries") / "projection" / f"{name}.rq"
    if not words:
        return _text_of(file)
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by now

    return read_query(file).fill({key: [ox.Literal(word) for word in some] for key, some in words.items()})
