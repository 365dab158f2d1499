"""`import`: other people's data to a file or a store; one command for each kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from rolegraph.cli.footnotes import wrapped
from rolegraph.cli.lazy import LazyGroup
from rolegraph.cli.options import bound_option, bounded, settings
from rolegraph.cli.output import show_table, tell
from rolegraph.cli.progress import progress_bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.importers.releases import Watch
    from rolegraph.importers.reports import Report

#: MB that an import may take, if nothing else is said. Making a store of O*NET or ESCO takes 1,300, most of
#: which the engine's threads only reserve.
MEMORY = 4096

F = TypeVar("F", bound="Callable[..., Any]")


def limit_options(function: F) -> F:
    """Add the limits of an import to a command."""
    memory = f"Stop it when it needs so much memory ({MEMORY}); 0: any."
    function = bound_option("max-memory", "memory", "MB", memory)(function)
    return bound_option(
        "timeout", "seconds", "SECONDS", "Stop the import after so long; 0: never (default)."
    )(function)


#: Where an import writes to.
output_option = click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    help="Where to: a file (.ttl .nt .nq .trig .rdf .jsonld, also with .gz), or an on-disk store (.store).",
)


#: Kind of source -> (module, one line of help), in the order that help lists them.
IMPORTS: dict[str, tuple[str, str]] = {
    "onet": ("import_onet", "Read a release of O*NET, the US database of occupations."),
    "esco": ("import_esco", "Read the official CSV release of ESCO."),
    "schemaorg": ("import_schemaorg", "Read job postings, occupations, credentials in schema.org's JSON-LD."),
    "table": ("import_table", "Read a company's own roles, skills, moves and pay from CSV or YAML."),
}


@click.group(
    name="import",
    cls=LazyGroup,
    lazy=IMPORTS,
    short_help="Read O*NET, ESCO or data of your own into a file or a store.",
)
def import_() -> None:
    """Read other people's data, or tables of your own, into a file or an on-disk store.

    What comes out is data as every command takes it: `--data OUT`. Nothing is written when something
    is wrong. A store (.store) opens at once however large it is; a file can be read, joined and sent.

    \b
    Examples:
      rolegraph import table --init jobs
      rolegraph import onet db_29_3_text.zip -o onet.store
      rolegraph import esco esco/ -o esco.ttl.gz
      rolegraph import schemaorg posting.html -o postings.ttl --accessed 2026-11
    """  # noqa: D301 - click reads the \b


def run_import(work: Callable[[Watch | None], Report], output: str) -> int:
    """Do an import within its limits and with a progress bar, print its report, and say what was written."""
    from pathlib import Path  # noqa: PLC0415 - --help does without

    from rolegraph.limits import Limits  # noqa: PLC0415

    bounds = settings().bounds
    limits = Limits(seconds=bounds.get("seconds") or None, memory=int(bounds.get("memory", MEMORY)) or None)
    # What is bounded may fork, which the thread of a bar does not survive; so the bar comes second.
    with (
        bounded("The import", shown=True, writes=str(Path(output).parent), limits=limits),
        progress_bar() as watch,
    ):
        report = work(watch)
    show_table(report.table(), as_json=report.to_dict(), as_text=lambda: report_text(report))
    tell(f"Wrote {output}")
    return 0


def report_text(report: Report) -> str:
    """Say for people what an import read, made and found odd."""
    lines = [report.title, ""] if report.title else []
    lines += _counts("Rows read", report.rows)
    lines += _counts("Made", {**report.things, "statements": report.statements})
    if report.odd:
        lines.append("Odd in the data")
        for what, found in report.odd.items():
            examples = f", such as {'; '.join(found.examples[:3])}" if found.examples else ""
            lines += wrapped(f"{found.count:,} {what}{examples}", "  - ", indent=4)
        lines.append("")
    for heading, names in (("Not there", report.missing), ("There, and not taken", report.unread)):
        if names:
            lines += [*wrapped(f"{heading}: {', '.join(names)}", indent=2), ""]
    return "\n".join(lines).rstrip("\n")


def _counts(heading: str, counts: dict[str, Any]) -> list[str]:
    width = max((len(f"{count:,}") for count in counts.values()), default=0)
    return [heading, *(f"  {count:>{width},}  {name}" for name, count in counts.items()), ""]
