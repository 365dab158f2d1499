"""What people give for a query's parameter, as RDF terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import AmbiguousName, ParameterError, UnknownName
from rolegraph.names import FOLDERS, PREFIXES, ROLE_KINDS, expand, fold, shorten, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rolegraph.queries import Parameter

    #: Names by the IRI of what can be chosen, the one to show first.
    Choices = Mapping[str, Sequence[str]]

_XSD = PREFIXES["xsd"]


def to_terms(
    value: object,
    parameter: Parameter,
    resolve: Callable[[str, frozenset[str]], str],
    choices: Callable[[str], Choices] = lambda _: {},
) -> tuple[ox.NamedNode | ox.Literal, ...]:
    """Give the terms that a value (or a list of them) means as this parameter.

    Where the default is an IRI, names and short names stand for IRIs; where it is a number, the value must
    be one. choices: gives the concepts of the scheme that a concept is in, which are all that a value can
    then be.

    Raises UnknownName or AmbiguousName for names, ParameterError for what is no number, and no choice.
    """
    values = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(_to_term(item, parameter, resolve, choices) for item in values)


def _to_term(
    value: object,
    parameter: Parameter,
    resolve: Callable[[str, frozenset[str]], str],
    choices: Callable[[str], Choices],
) -> ox.NamedNode | ox.Literal:
    if isinstance(value, (ox.NamedNode, ox.Literal)):
        return value
    if any("\ud800" <= char <= "\udfff" for char in str(value)):  # halves of characters, which UTF-8 has not
        message = f"Parameter {parameter.name!r} needs Unicode text, and {value!r} is none."
        raise ParameterError(message)
    if parameter.is_iri:
        return _named_node(_iri(str(value), parameter, resolve, choices))
    default = parameter.default.strip()
    if parameter.sort == "text":
        return _text(str(value), parameter)
    if default in {"true", "false"}:
        if str(value).lower() not in {"true", "false"}:
            message = f"Parameter {parameter.name!r} needs true or false, and {value!r} is neither."
            raise ParameterError(message)
        return ox.Literal(str(value).lower() == "true")
    number = str(value).strip()
    if parameter.type == "whole number" and not re.fullmatch(r"[+-]?\d+", number, re.ASCII):
        message = f"Parameter {parameter.name!r} needs a whole number such as {default}, not {value!r}."
        raise ParameterError(message)
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", number, re.ASCII):
        message = f"Parameter {parameter.name!r} needs a number such as {default}, and {value!r} is none."
        raise ParameterError(message)
    kind = "double" if "e" in number.lower() else "decimal" if "." in number else "integer"
    return ox.Literal(number, datatype=ox.NamedNode(f"{_XSD}{kind}"))


#: Type of a parameter -> how XML Schema writes its values.
_DATED = {
    "date": r"\d{4}-\d\d-\d\d",
    "year": r"\d{4}",
    "month": r"\d{4}-\d\d",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
}


def _text(text: str, parameter: Parameter) -> ox.Literal:
    """Give a literal of the language, or of the datatype, of the default."""
    default = parameter.default.strip()
    if parameter.choices:
        chosen = {fold(choice): choice for choice in parameter.choices}.get(fold(text))
        if chosen is None:
            raise _no_choice(text, parameter, parameter.choices)
        text = chosen
    form = _DATED.get(parameter.type)
    if form and not (re.fullmatch(form, text, re.ASCII) and _in_calendar(text)):
        example = re.findall(r"[\"']([^\"']*)", default)[0]
        message = f"Parameter {parameter.name!r} needs a {parameter.type} such as {example}, not {text!r}."
        raise ParameterError(message)
    after = re.search(r"[\"'](?:@([A-Za-z0-9-]+)|\^\^(\S+))$", default)
    language, datatype = (after[1], after[2]) if after else (None, None)
    if datatype and (iri := expand(datatype)):
        return ox.Literal(text, datatype=ox.NamedNode(iri))
    return ox.Literal(text, language=language)


def _in_calendar(text: str) -> bool:
    """Tell whether there is such a day, or such a month; a year is filled up to a day."""
    from datetime import datetime  # noqa: PLC0415 - few parameters are dates

    try:
        datetime.fromisoformat(text.replace("Z", "+00:00") if "T" in text else f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _no_choice(text: str, parameter: Parameter, choices: Sequence[str]) -> ParameterError:
    """Give the error for a value that is none of the choices; of many, those near to it come first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong value needs it

    near = get_close_matches(text, choices, _MOST_CHOICES)
    listed = list(dict.fromkeys((*near, *choices)))
    if len(listed) > _MOST_CHOICES:
        listed[_MOST_CHOICES:] = [f"and {len(listed) - _MOST_CHOICES} more"]
    return ParameterError(
        f"Parameter {parameter.name!r} cannot be {text!r}; it is one of: {', '.join(listed)}."
    )


#: So many choices are listed.
_MOST_CHOICES = 20


def _named_node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        message = f"{iri!r} is no IRI: {error}."
        raise ParameterError(message) from None


def _iri(
    text: str,
    parameter: Parameter,
    resolve: Callable[[str, frozenset[str]], str],
    choices: Callable[[str], Choices],
) -> str:
    prefix = parameter.default.strip().partition(":")[0]
    kinds = frozenset().union(*_KINDS.values()) if parameter.takes_anything else _KINDS.get(prefix)
    if kinds:
        try:
            return resolve(text, kinds)
        except UnknownName:
            # An IRI that the graph does not know is a fair question, and has no rows.
            if (iri := expand(text)) is not None:
                return iri
            raise
    if known := choices(expand(parameter.default.split()[0]) or "") if parameter.default else {}:
        return _choice(text, parameter, known)
    return expand(text) or f"{PREFIXES[prefix]}{slug(text)}" if prefix in FOLDERS else _checked(text)


def _choice(text: str, parameter: Parameter, known: Choices) -> str:
    """Give the one of the choices that has this IRI, short name or name."""
    iri, folded = expand(text), fold(text)
    if iri in known:
        return str(iri)
    meant = [one for one, names in known.items() if folded in map(fold, names)]
    if len(meant) > 1:
        raise AmbiguousName(text, [(one, shorten(one)) for one in meant])
    if not meant:
        raise _no_choice(
            text, parameter, [names[0] if names else shorten(one) for one, names in known.items()]
        )
    return meant[0]


def _checked(text: str) -> str:
    iri = expand(text)
    if iri is None:
        message = f"{text!r} is neither an IRI nor a short name such as role:product-manager."
        raise ParameterError(message)
    return iri


#: Prefix of a parameter's default -> kinds of things that its values name.
_KINDS: dict[str, frozenset[str]] = {
    "role": ROLE_KINDS,
    "group": ROLE_KINDS,
    "org": frozenset({"organization"}),
    **{
        kind: frozenset({kind})
        for kind in ("skill", "duty", "value", "degree", "subject", "certification", "training")
    },
}
