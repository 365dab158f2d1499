"""The numbers that derived moves rest on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.plain_values import plain_value
from rolegraph.queries import projection_query

if TYPE_CHECKING:
    from rolegraph.stores import LocalStore


def read_figures(store: LocalStore) -> dict[str, str]:
    """Give what each derived move rests on, by the IRI of the claim.

    Such as "similarity 0.41 (viable), 12 of 20 essential skills, job zone +1, pay x 1.2 (median wage)".
    """
    found = {}
    for row in store.select(projection_query("figures")):
        values = {variable: plain_value(row[variable]) for variable in _COLUMNS}
        parts = [
            f"similarity {values['similarity']}"
            + (f" ({values['viability']})" if values["viability"] else "")
        ]
        if values["essential"] and values["shared"] is not None:
            parts.append(f"{values['shared']} of {values['essential']} essential skills")
        parts += [
            f"{name} {values[column]:+d}"
            for column, name in (("zone", "job zone"), ("level", "level"))
            if isinstance(values[column], int)
        ]
        if values["ratio"] is not None:
            parts.append(f"pay x {values['ratio']}" + (f" ({values['basis']})" if values["basis"] else ""))
        found[str(plain_value(row["claim"]))] = ", ".join(parts)
    return found


_COLUMNS = ("similarity", "viability", "essential", "shared", "zone", "level", "ratio", "basis")
