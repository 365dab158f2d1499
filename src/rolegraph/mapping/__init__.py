"""Links between data sets: proposed, reviewed in a file (SSSOM/TSV), and read like any other data.

Nothing is merged: two things stay two, and a claim links them, with who stands for it.
"""

from rolegraph.mapping.claims import UNSPECIFIED, accepted_in, claims_of
from rolegraph.mapping.proposing import DataSet, propose
from rolegraph.mapping.reading import read_mappings
from rolegraph.mapping.sets import MappingRow, MappingSet
from rolegraph.mapping.writing import HOW_TO_REVIEW, write_mappings, written
from rolegraph.stores import MAPPING_ENDING as ENDING
from rolegraph.stores import is_mapping_file

__all__ = [
    "ENDING",
    "HOW_TO_REVIEW",
    "UNSPECIFIED",
    "DataSet",
    "MappingRow",
    "MappingSet",
    "accepted_in",
    "claims_of",
    "is_mapping_file",
    "propose",
    "read_mappings",
    "write_mappings",
    "written",
]
