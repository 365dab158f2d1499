"""Parameters of operations: declared once, read from addresses and described as JSON Schema by that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rolegraph.serving.pairs import read_pairs
from rolegraph.serving.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Most characters of a value: names are shorter.
LONGEST_VALUE = 1_000

#: Most parameters of a request.
_MOST = 100

_TRUTHS = {"true": True, "1": True, "": True, "false": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation.

    type is one of JSON Schema: string, integer or boolean. many: it may be repeated. least and most bound an
    integer. pattern: what the text must match, as a regular expression that Python and JavaScript share.
    """

    name: str
    help: str
    type: str = "string"
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    default: Any = None
    example: str = ""

    @property
    def key(self) -> str:
        """What Python calls it."""
        return self.name.replace("-", "_")

    def schema(self) -> dict[str, Any]:
        """Describe its values as JSON Schema."""
        one: dict[str, Any] = {"type": self.type}
        if self.type == "string":
            one |= {"maxLength": LONGEST_VALUE, "minLength": 1}
        one |= {"enum": list(self.choices)} if self.choices else {}
        one |= {"pattern": self.pattern} if self.pattern else {}
        one |= {"minimum": self.least} if self.least is not None else {}
        one |= {"maximum": self.most} if self.most is not None else {}
        one |= {"default": self.default} if self.default is not None else {}
        return {"type": "array", "items": one} if self.many else one

    def read(self, text: str) -> Any:
        """Give the value that a text stands for.

        Raises Refused for a text that it cannot be.
        """
        if self.type == "boolean":
            if text.lower() not in _TRUTHS:
                raise self._refusal("is true or false", text)
            return _TRUTHS[text.lower()]
        if self.type == "integer":
            return self._whole(text)
        if not text:
            raise Refused(HTTPStatus.BAD_REQUEST, f"{self.name} must not be empty.")
        if len(text) > LONGEST_VALUE:
            raise Refused(HTTPStatus.BAD_REQUEST, f"{self.name} is longer than {LONGEST_VALUE:,} characters.")
        if self.choices and text not in self.choices:
            raise self._refusal(f"is one of {', '.join(self.choices)}", text)
        if self.pattern and not re.search(self.pattern, text):
            raise self._refusal(f"is such as {self.example}", text)
        return text

    def _whole(self, text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            raise self._refusal("is a whole number", text)
        number = int(text)
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            up_to = f" and at most {self.most:,}" if self.most is not None else ""
            raise self._refusal(f"is at least {self.least}{up_to}", text)
        return number

    def _refusal(self, must: str, text: str) -> Refused:
        shown = text if len(text) <= 80 else f"{text[:80]}..."  # noqa: PLR2004 - what fits a line
        return Refused(HTTPStatus.BAD_REQUEST, f"{self.name} {must}, and not {shown!r}.")


def read(parameters: Sequence[Parameter], query_string: str) -> dict[str, Any]:
    """Give the values of an address by the keys of the parameters; those left out have their defaults.

    Raises Refused for a parameter that there is not, one that is missing, one too many, or a wrong value.
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, list[Any]] = {}
    for name, text in read_pairs(query_string, _MOST):
        if name not in known:
            there = ", ".join(known) or "none"
            raise Refused(HTTPStatus.BAD_REQUEST, f"There is no parameter {name!r}; there are: {there}.")
        given.setdefault(name, []).append(known[name].read(text))
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        some = given.get(name, [])
        if parameter.required and not some:
            raise Refused(HTTPStatus.BAD_REQUEST, f"The parameter {name} is missing: {parameter.help}")
        if len(some) > 1 and not parameter.many:
            raise Refused(HTTPStatus.BAD_REQUEST, f"The parameter {name} is given {len(some)} times.")
        values[parameter.key] = tuple(some) if parameter.many else some[0] if some else parameter.default
    return values
