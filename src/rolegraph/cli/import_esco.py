"""`import esco`."""

from __future__ import annotations

import click

from rolegraph.cli.imports import limit_options, output_option, run_import
from rolegraph.cli.options import check_named, format_option


@click.command(short_help="Read the official CSV release of ESCO.")
@click.argument("sources", metavar="SRC...", nargs=-1, required=True)
@output_option
@click.option(
    "--release",
    metavar="VERSION",
    default="",
    help="Which release it is, such as 1.1.1, where the names of archives and folders do not tell.",
)
@limit_options
@format_option()
def esco(sources: tuple[str, ...], output: str, release: str) -> int:
    """Read ESCO, the European classification of skills, competences and occupations.

    SRC is the official release in CSV, in one language or several: the zip archives as they are downloaded
    (classification and relations), a folder that holds them, or a folder with the files that are in them.
    Get it at https://esco.ec.europa.eu/en/use-esco/download
    What comes out are ESCO's own IRIs and terms. The report counts the rows of every table, and what is odd.

    \b
    Examples:
      rolegraph import esco esco/ -o esco.store
      rolegraph import esco esco/ -o esco.ttl.gz
      rolegraph --data esco.store find "product manager"
    """  # noqa: D301 - click reads the \b
    check_named(*sources, output)
    from rolegraph.importers.esco import import_esco  # noqa: PLC0415 - the help does without pyoxigraph

    return run_import(lambda watch: import_esco(sources, output, release=release, watch=watch), output)
