"""What differs between two graphs: statements, what they mean, and the routes that they give."""

from __future__ import annotations

from rolegraph.changes.comparing import RoutesAsked, diff
from rolegraph.changes.values import SECTIONS, Difference, Differences

__all__ = ["SECTIONS", "Difference", "Differences", "RoutesAsked", "diff"]
