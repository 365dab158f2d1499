"""`export` and `info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rolegraph.cli.footnotes import wrapped
from rolegraph.cli.options import check_named, open_data, shared_options
from rolegraph.cli.output import show_table, tell
from rolegraph.exporters import FORMATS
from rolegraph.labels import KINDS

if TYPE_CHECKING:
    from rolegraph.tables import Table


@click.command(short_help="Write the data to a file, in the format of its ending.")
@click.argument("file")
@click.option(
    "--as",
    "as_",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help=f"The format, where the ending shall not tell it: {', '.join(FORMATS)}.",
)
@click.option(
    "--moves-only", is_flag=True, help="Of a network: roles, groups of roles and their moves alone."
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    metavar="KIND",
    help="Of a network: things of this kind, such as role or skill, and what relates them; repeatable.",
)
@click.option(
    "--table",
    "as_table",
    is_flag=True,
    help="Write the tables that `import table` reads: CSV files in FILE, a new folder or a .zip.",
)
@shared_options
def export(file: str, as_: str | None, kinds: tuple[str, ...], *, moves_only: bool, as_table: bool) -> int:
    """Write the data to FILE, in the format of its ending.

    \b
    RDF, every statement:  .ttl .nt .nq .trig .rdf .jsonld, and .store for an on-disk store
    the network:           .graphml .gexf (Gephi) .cyjs (Cytoscape) .node-link.json
    two tables of it:      .zip, or --as csv for a folder with nodes.csv and edges.csv

    The same data always gives the same bytes. The file is written whole or not at all.

    \b
    Examples:
      rolegraph export everything.nq --data curated --data mine.ttl
      rolegraph export roles.jsonld --as schema.org
      rolegraph export moves.gexf --moves-only
      rolegraph export network --as csv --kind role --kind skill
      rolegraph export --table tables --data mine.ttl
    """  # noqa: D301 - click reads the \b
    if file == "-":
        message = "export writes a file whole or not at all, and nothing to standard output: name a FILE."
        raise click.UsageError(message)
    check_named(file)
    if as_table:
        if as_ or kinds or moves_only:
            message = "--table is a format of its own; --as, --kind and --moves-only are for others."
            raise click.UsageError(message)
        return _export_table(file)
    target = open_data().export(file, as_, moves_only=moves_only, kinds=kinds)
    tell(f"Wrote {target}")
    return 0


def _export_table(target: str) -> int:
    report = open_data().export_table(target)
    counts = ", ".join(f"{name} {count:,}" for name, count in report.rows.items())
    tell(f"Wrote {target}: {counts}")
    if report.odd:
        tell("Not in the tables, which have no room for it:")
    for what, found in report.odd.items():
        tell(f"  {found.count:,} {what}" + (f", such as {found.examples[0]}" if found.examples else ""))
    return 0


@click.command(short_help="Show what data is loaded, with versions, licences and counts.")
@shared_options
def info() -> int:
    """Show the data sets with version and licence, and how many things and claims of each kind there are."""
    from rolegraph import __version__  # noqa: PLC0415 - set by the time that a command runs

    graph = open_data()
    table = graph.info()
    show_table(
        table,
        as_json={"rolegraph": __version__, "content": [*table]},
        as_text=lambda: f"rolegraph {__version__}\n{_info_text(table)}",
    )
    return 0


def _info_text(table: Table) -> str:
    lines = []
    rows = [*table]
    for row in rows:
        if row["what"] in {"data set", "ontology"}:
            lines += ["", f"{row['name']}   {row['count']:,} triples"]
            version = f"version {row['version']}" if row["version"] else ""
            licence = f"licence {row['licence'] or 'not given'}"
            lines += wrapped(", ".join(filter(None, (row["title"], version, licence))), "  ")
    for row in rows:
        if row["what"] == "not loaded":
            lines += ["", *wrapped(f"{row['name']} ships too and is not loaded: {row['title']}")]
    for what, heading in (("kind", "Things"), ("claims", "Claims, each with its source")):
        counted = [f"{row['name'].removeprefix('rg:')} {row['count']}" for row in rows if row["what"] == what]
        lines += ["", heading, *wrapped(", ".join(counted), "  ")] if counted else []
    covered = [row for row in rows if row["what"] == "coverage"]
    lines += ["", "What sources give of each role"] if covered else []
    for row in covered:
        sources = f"{row['count']} source{'' if row['count'] == 1 else 's'}"
        lines += wrapped(f"{row['name']}, {sources}: {row['title']}", "  - ")
    return "\n".join(lines)
