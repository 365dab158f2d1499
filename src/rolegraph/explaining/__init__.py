"""Why a query has no rows: what it names that is not there, what each pattern matches, where it ends."""

from rolegraph.explaining.report import why_empty

__all__ = ["why_empty"]
