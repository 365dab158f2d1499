"""`derive`: what nobody states, computed from what is stated."""

from __future__ import annotations

from typing import Any

import click

from rolegraph.cli.options import FORMATS, check_named, open_data, settings, shared_options, with_options
from rolegraph.cli.output import show_raw, show_table, tell
from rolegraph.cli.progress import progress_bar

#: What `derive moves` prints: rows, or RDF.
MOVE_FORMATS = ("turtle", *FORMATS)

#: The thresholds, as options, in the order of the help; rolegraph.derive.Thresholds has the same defaults.
_THRESHOLDS = (
    click.option(
        "--min-similarity",
        "similarity",
        type=click.FloatRange(0, 1, min_open=True),
        default=0.2,
        show_default=True,
        help="How similar two roles must be, from 0 to 1, for a move to be viable.",
    ),
    click.option(
        "--high-similarity",
        type=click.FloatRange(0, 1, min_open=True),
        default=0.4,
        show_default=True,
        help="From which similarity on a move is highly viable.",
    ),
    click.option(
        "--min-coverage",
        "coverage",
        type=click.FloatRange(0, 1),
        default=0.1,
        show_default=True,
        help="Which part of the goal's essential skills the start must have.",
    ),
    click.option(
        "--max-level-change",
        "level_change",
        type=click.IntRange(0),
        default=1,
        show_default=True,
        metavar="N",
        help="By how many levels, or job zones, the roles may differ, where that is known.",
    ),
    click.option(
        "--min-pay-ratio",
        "pay_ratio",
        type=click.FloatRange(0),
        default=0.75,
        show_default=True,
        help="Which part of the start's pay the goal must pay for a move to be desirable.",
    ),
    click.option(
        "--most",
        type=click.IntRange(1),
        default=10,
        show_default=True,
        metavar="N",
        help="At most so many moves out of one role, the most similar goals first.",
    ),
    click.option(
        "--viable/--desirable",
        "viable",
        default=True,
        show_default=True,
        help="All viable moves, or only those whose pay is known and enough.",
    ),
)


def _thresholds(function: Any) -> Any:
    for option in reversed(_THRESHOLDS):
        function = option(function)
    return function


@click.group(no_args_is_help=False, short_help="Derive moves from the skills that roles need.")
@shared_options
def derive() -> None:
    """Derive what nobody states from what is stated, each result with the numbers that it rests on.

    \b
    Example:
      rolegraph derive moves -o derived.ttl
    """  # noqa: D301 - click reads the \b


@derive.command(short_help="Derive moves from the skills that roles need.")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="Write the moves as data: .ttl .nt .nq .trig .rdf .jsonld, also with .gz, or .store.",
)
@_thresholds
@with_options(MOVE_FORMATS)
def moves(output: str | None, *, viable: bool, **asked: Any) -> int:
    """Derive moves between roles, or occupations, that need similar skills.

    A move is viable when the roles are similar enough, the start has enough of the goal's essential
    skills, and level and job zone do not differ by too much; desirable when the goal also pays enough.
    What no source tells is unknown: it rules no move out, and makes none desirable.

    The moves join with the data that they come from: --data DATA --data OUT. Each is of the kind
    "derived" and keeps its numbers, which `why` shows. Without -o they are printed as Turtle; with
    --format as rows.

    This needs scipy: pip install 'rolegraph[derive]'.

    \b
    Exit code: 0 moves are derived, 1 none meets the thresholds.

    \b
    Examples:
      rolegraph derive moves -o derived.ttl
      rolegraph derive moves --min-similarity 0.4 --most 5 --format csv
    """  # noqa: D301 - click reads the \b
    from rolegraph.derive import Thresholds  # noqa: PLC0415 - help does without

    check_named(output)
    graph, thresholds = open_data(), Thresholds(desirable_only=not viable, **asked)
    with progress_bar() as watch:
        derivation = graph.derive_moves(thresholds, watch=watch)
    if derivation.moves and output is not None:
        derivation.save(output)  # before anything is told: where it cannot be written, that alone is said
    tell(str(derivation))
    if not derivation.moves:
        return 1
    if output is not None:
        tell(f"Wrote {output}")
    if settings().format not in {None, "turtle"}:
        show_table(derivation.table(), as_json=derivation.to_dict())
    elif output is None or settings().format == "turtle":
        show_raw(derivation.turtle())
    return 0
