"""`import table`: a company's own job architecture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rolegraph.cli.imports import limit_options, run_import
from rolegraph.cli.options import check_named, format_option
from rolegraph.cli.output import tell


@click.command(short_help="Read a company's own roles, skills, moves and pay from CSV or YAML.")
@click.argument("src")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="Where to: a file (.ttl .nt .nq .trig .rdf .jsonld, also with .gz), or an on-disk store (.store).",
)
@click.option("--init", "begin", is_flag=True, help="Write empty tables to fill in to SRC, a new folder.")
@click.option(
    "--layout",
    metavar="NAME|FILE",
    help="Read tables of another layout: uk-gdad, or a YAML file that tells which column is which.",
)
@click.option("--name", metavar="NAME", help="What to call the data set, such as acme; part of every IRI.")
@click.option("--source-name", metavar="NAME", help="What to call the source of rows that name none.")
@click.option("--base", metavar="IRI", help="What the IRIs of roles, skills and so on begin with.")
@click.option(
    "--ladders", is_flag=True, help="Count the next rung of a ladder as a move, derived and said to be so."
)
@limit_options
@format_option()
def table(src: str, output: str | None, *, begin: bool, **options: Any) -> int:
    """Read a company's own job architecture: its roles, skills, moves, credentials and pay.

    SRC is a folder or zip archive of CSV files, or one YAML file (.yaml). --init writes empty ones with a
    README that explains every column; with SRC ending in .yaml it writes one YAML file. Only roles.csv
    must be there. Cells are separated by commas, semicolons or tabs; the text is UTF-8.

    Every mistake is told at once, as file:line:column, and then nothing is written.

    \b
    Exit code: 0 written, 2 something is wrong.

    \b
    Examples:
      rolegraph import table --init jobs
      rolegraph import table jobs -o jobs.ttl --name acme
      rolegraph role "product manager" --data jobs.ttl
    """  # noqa: D301 - click reads the \b
    check_named(src, output, options.get("layout"))
    if begin:
        return _begin(src, output, options)
    if output is None:
        message = "Say where to write with -o, such as -o jobs.ttl; or begin empty tables with --init."
        raise click.UsageError(message)
    from rolegraph.architecture.reading import import_table  # noqa: PLC0415 - --help does without

    given: Any = {name: value for name, value in options.items() if value}
    return run_import(lambda watch: import_table(src, output, watch=watch, **given), output)


def _begin(src: str, output: str | None, options: dict[str, Any]) -> int:
    from rolegraph.architecture.templates import write_templates  # noqa: PLC0415 - --help does without

    if output is not None or any(options.values()):
        message = f"--init writes to {src} and takes no other option."
        raise click.UsageError(message)
    written = write_templates(Path(src))
    tell(f"Wrote {written}; fill it in, then: rolegraph import table {src} -o OUT.ttl")
    return 0
