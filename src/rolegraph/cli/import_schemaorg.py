"""`import schemaorg`: the JSON-LD of job pages and of files."""

from __future__ import annotations

import click

from rolegraph.cli.imports import limit_options, output_option, run_import
from rolegraph.cli.options import check_named, format_option


@click.command(short_help="Read job postings, occupations, credentials in schema.org's JSON-LD.")
@click.argument("sources", nargs=-1, required=True, metavar="SRC...")
@output_option
@click.option(
    "--publisher", default="", metavar="NAME", help="Who publishes pages that do not say so themselves."
)
@click.option(
    "--accessed", default="", metavar="DATE", help="When the pages were read: dates pay that bears no date."
)
@click.option("--area", default="", metavar="NAME", help="Where pay holds that names no place.")
@click.option(
    "--keep/--no-keep", default=True, help="Keep what pages say in schema.org's own terms, too (the default)."
)
@limit_options
@format_option()
def schemaorg(
    sources: tuple[str, ...], output: str, *, publisher: str, accessed: str, area: str, keep: bool
) -> int:
    """Read roles and credentials from schema.org's JSON-LD into OUT.

    SRC is a file (.jsonld .json), a saved web page (.html .htm), a folder of these or a zip archive.
    Nothing is fetched: the context of schema.org is known, and any other remote context is an error.

    Occupations and job postings become roles; roles of one name are one, and every claim names the page
    that it is from. What is not understood exactly is kept in words.

    \b
    Example:
      rolegraph import schemaorg posting.html -o postings.ttl --accessed 2026-11
    """  # noqa: D301 - click reads the \b
    check_named(*sources, output)
    from rolegraph.importers.schemaorg import import_schemaorg  # noqa: PLC0415 - help does without

    return run_import(
        lambda watch: import_schemaorg(
            sources, output, watch, publisher=publisher, accessed=accessed, area=area, keep=keep
        ),
        output,
    )
