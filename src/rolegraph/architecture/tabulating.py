"""A store as the tables of a job architecture, so that reading these gives the same again.

Rows are sorted by their cells, tables without rows are left out, and what tables have no room for is counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from rolegraph.architecture.cells import joined
from rolegraph.architecture.columns import (
    CATEGORIES,
    CREDENTIALS,
    EVIDENCE,
    INTERVALS,
    LEVELS,
    NECESSITIES,
    STATISTICS,
    TABLES,
)
from rolegraph.architecture.facts import Facts
from rolegraph.architecture.files import csv_text, write_folder
from rolegraph.architecture.naming import Names, Space, Thing, reference_to
from rolegraph.architecture.statements import YEARS
from rolegraph.names import BASE, shorten
from rolegraph.stores import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from rolegraph.stores import LocalStore

    Cells = dict[str, str]

#: Kind of thing -> the classes that its table holds.
_CLASSES = {
    "source": ("rg:Source",),
    "group": ("rg:RoleGroup",),
    "role": ("rg:Role", "rg:StatisticalOccupation", "rg:ObservedTitle"),
    "skill": ("rg:Skill",),
    "credential": ("rg:Degree", "rg:Certification", "rg:Training"),
}
