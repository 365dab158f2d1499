"""`map`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.options import check_named, open_these, settings, shared_options
from rolegraph.cli.output import show_raw, show_table, tell
from rolegraph.errors import OutputError
from rolegraph.stores import is_mapping_file

if TYPE_CHECKING:
    from rolegraph.mapping import MappingSet


@click.command(short_help="Propose links between data sets that name the same things.")
@click.option("-o", "--output", metavar="FILE", help="Write the mapping file here (- for standard output).")
@click.option(
    "--known",
    multiple=True,
    metavar="FILE",
    help="Keep the rows of this mapping file, and do not propose them again; repeatable.",
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(("role", "skill")),
    multiple=True,
    help="Propose links of this kind alone. Default: both.",
)
@click.option("--force", is_flag=True, help="Let -o overwrite a mapping file that --known does not name.")
@shared_options
def map(  # noqa: A001 - the command is called so
    output: str | None, known: tuple[str, ...], kinds: tuple[str, ...], *, force: bool
) -> int:
    """Propose links between things of different data sets that have one name.

    Each --data is a data set of its own; one alone is compared with the graph that ships. Names and aliases
    are compared whole. An alias in capitals of up to five letters matches nothing.

    Nothing is linked by this. The proposals go to a mapping file (SSSOM/TSV) that you review: write your name
    into reviewer_label to accept a row, and Not into predicate_modifier to refuse it. Then name it with
    --data beside the data sets, and what it accepts is linked.

    \b
    Examples:
      rolegraph map --data mine.ttl
      rolegraph map --data curated --data mine.ttl -o links.sssom.tsv
      rolegraph map --data mine.ttl --kind role --format csv
    """  # noqa: D301 - click reads the \b
    from rolegraph.proposals import LINKED_KINDS, propose_mappings  # noqa: PLC0415 - --help does without

    chosen = settings()
    if not chosen.data or "" in chosen.data:
        message = (
            "Name the data to link: --data mine.ttl (with the graph that ships), or --data several times."
        )
        raise click.UsageError(message)
    if chosen.source or chosen.without_source:
        message = "map compares whole data sets: --source and --without-source do not apply."
        raise click.UsageError(message)
    check_named(output, *known)
    if output not in {None, "-"}:
        _spare(Path(str(output)), known, force=force)
    found = propose_mappings(*chosen.data, known=known, kinds=kinds or LINKED_KINDS, opening=open_these)
    _hand_over(found, output)
    tell(_summary(found))
    return 0


def _spare(target: Path, known: tuple[str, ...], *, force: bool) -> None:
    """Refuse to write over decisions, or what could not be read again."""
    if not is_mapping_file(target):
        message = f"{target} must end in .sssom.tsv, so that it can be read as a mapping file again."
        raise click.UsageError(message)
    kept = any(Path(file).resolve() == target.resolve() for file in known)
    if target.is_file() and not kept and not force:
        message = (
            f"{target} exists already; --known {target} keeps its rows and adds new ones, --force drops them."
        )
        raise OutputError(message)


def _hand_over(found: MappingSet, output: str | None) -> None:
    from rolegraph.mapping import write_mappings, written  # noqa: PLC0415 - --help does without

    if output is None:
        show_table(found.table())
    elif output == "-":
        show_raw(written(found))
    else:
        tell(f"Wrote {write_mappings(found, output)}")


def _summary(found: MappingSet) -> str:
    waiting = found.count("waiting")
    ambiguous = sum(
        "ambiguous:" in row.cells.get("comment", "") for row in found.rows if row.status == "waiting"
    )
    words = f"{waiting} link{'' if waiting == 1 else 's'} to review"
    words += f", {ambiguous} of them ambiguous" if ambiguous else ""
    decided = [f"{n} {status}" for status in ("accepted", "refused") if (n := found.count(status))]
    return f"{'; '.join([words, *decided])}."
