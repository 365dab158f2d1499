"""What one person has, read from a small file, for routes and gaps to count."""

from rolegraph.profiles.reading import adding, read_pay_bases, read_profile
from rolegraph.profiles.template import template
from rolegraph.profiles.words import profile_dict, profile_table, profile_words

__all__ = [
    "adding",
    "profile_dict",
    "profile_table",
    "profile_words",
    "read_pay_bases",
    "read_profile",
    "template",
]
