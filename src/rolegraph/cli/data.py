"""`validate`, `export` and `info`."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import click

from rolegraph.cli.footnotes import wrapped
from rolegraph.cli.options import open_data, settings, shared_options
from rolegraph.cli.output import chosen_format, show_table, tell

if TYPE_CHECKING:
    from rolegraph.tables import Table
    from rolegraph.validation import ValidationReport


@click.command(short_help="Check data against the SHACL shapes.")
@click.argument("files", nargs=-1, metavar="[FILE|DIR]...")
@shared_options
def validate(files: tuple[str, ...]) -> int:
    """Check the data against the SHACL shapes that ship, and say what is wrong, where and why.

    FILE is the same as --data FILE.

    \b
    Exit code: 0 the data conforms, 1 it does not.

    \b
    Example:
      rolegraph validate mine.ttl
    """  # noqa: D301 - click reads the \b
    settings().data += files
    with warnings.catch_warnings():
        # rdflib warns of odd values in its own words; the report tells of them in ours.
        warnings.simplefilter("ignore")
        report = open_data().validate()
    show_table(report.table(), as_json=report.to_dict(), as_text=lambda: _report_text(report))
    if chosen_format() != "table":
        tell(str(report))
    return 0 if report.conforms else 1


def _report_text(report: ValidationReport) -> str:
    lines = []
    for problem in report.problems:
        thing = f"{problem.label} ({problem.thing})" if problem.label else problem.thing
        where = f" in {problem.data_set}" if problem.data_set else ""
        lines += wrapped(f"{problem.severity}: {thing}{where}", indent=2)
        lines += wrapped(problem.message, "  ")
        if problem.property:
            value = f", which is {problem.value}" if problem.value else ""
            lines += wrapped(f"look at {problem.property}{value}", "  ")
        lines.append("")
    return "\n".join([*lines, str(report)])


@click.command(short_help="Write the data to a file, in the format of its ending.")
@click.argument("file")
@click.option(
    "--table",
    "as_table",
    is_flag=True,
    help="Write the tables that `import table` reads: CSV files in FILE, a new folder or a .zip.",
)
@shared_options
def export(file: str, *, as_table: bool) -> int:
    """Write the data to FILE, in the format of its ending.

    Endings: .ttl .nt .nq .trig .rdf .jsonld, and .store for an on-disk store.
    The same data always gives the same bytes. The file is written whole or not at all.

    \b
    Examples:
      rolegraph export everything.nq --data curated --data mine.ttl
      rolegraph export --table tables --data mine.ttl
    """  # noqa: D301 - click reads the \b
    if as_table:
        return _export_table(file)
    target = open_data().export(file)
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
