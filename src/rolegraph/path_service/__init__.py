"""`SERVICE rolegraph:path { ... }`: paths between roles as rows of a query, joined with ordinary patterns.

The engine knows no such service. So the search is answered before the engine sees the query: its block is
read, the routes are found as `rolegraph path` finds them, and `VALUES` with a row for each move takes its
place.
"""

from rolegraph.path_service.expanding import expand, prepare, routeless

__all__ = ["expand", "prepare", "routeless"]
