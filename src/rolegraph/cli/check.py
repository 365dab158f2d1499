"""`validate` and `lint`."""

from __future__ import annotations

import warnings
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import click

from rolegraph.cli.footnotes import wrapped
from rolegraph.cli.options import open_data, settings, shared_options
from rolegraph.cli.output import chosen_format, show_table, tell
from rolegraph.cli.progress import working

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from rolegraph.lint import Finding, LintReport
    from rolegraph.tables import Table
    from rolegraph.validation import Problem, ValidationReport

T = TypeVar("T")

#: So many of those that are alike are shown to people; the other formats have all.
MOST_ALIKE = 5


@click.command(short_help="Check data against the SHACL shapes.")
@click.argument("files", nargs=-1, metavar="[FILE|DIR]...")
@shared_options
def validate(files: tuple[str, ...]) -> int:
    """Check the data against the SHACL shapes that ship, and say what is wrong, where and why.

    FILE is the same as --data FILE. Of many problems that are alike a terminal shows the first; the other
    formats have all.

    \b
    Exit code: 0 the data conforms, 1 it does not, 2 it cannot be read.

    \b
    Example:
      rolegraph validate mine.ttl
    """  # noqa: D301 - click reads the \b
    settings().data += files
    with warnings.catch_warnings():
        # rdflib warns of odd values in its own words; the report tells of them in ours.
        warnings.simplefilter("ignore")
        graph = open_data()
        with working("checking the data against the shapes"):
            report = graph.validate()
    show_table(report.table(), as_json=report.to_dict(), as_text=lambda: _validation_text(report))
    if chosen_format() != "table":
        tell(str(report))
    return 0 if report.conforms else 1


def _validation_text(report: ValidationReport) -> str:
    lines: list[str] = []
    keys = [(problem.severity, problem.message) for problem in report.problems]
    for problem, left in _first_of_each(report.problems, keys):
        lines += _problem_lines(problem)
        lines += [f"... and {left:,} more like it", ""] if left else []
    return "\n".join([*lines, *_counted(report.summary(), "message"), str(report)])


def _problem_lines(problem: Problem) -> list[str]:
    thing = f"{problem.label} ({problem.thing})" if problem.label else problem.thing
    where = f" in {problem.data_set}" if problem.data_set else ""
    value = f", which is {problem.value}" if problem.value else ""
    return [
        *wrapped(f"{problem.severity}: {thing}{where}", indent=2),
        *wrapped(problem.message, "  "),
        *(wrapped(f"look at {problem.property}{value}", "  ") if problem.property else []),
        "",
    ]


@click.command(short_help="Look over a job architecture: dead ends, inversions, duplicates, gaps.")
@click.argument("files", nargs=-1, metavar="[FILE|DIR]...")
@click.option("--rule", "only", multiple=True, metavar="NAME", help="Check this rule only; repeatable.")
@click.option(
    "--without-rule", "without", multiple=True, metavar="NAME", help="Leave a rule out; repeatable."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option("--rules", "listing", is_flag=True, help="List the rules, and check nothing.")
@shared_options
def lint(
    files: tuple[str, ...], only: tuple[str, ...], without: tuple[str, ...], fail_on: str, *, listing: bool
) -> int:
    """Look over the job architecture: what breaks no shape, and still is odd or lacking.

    FILE is the same as --data FILE. Of many findings that are alike a terminal shows the first; the other
    formats have all.

    \b
    Exit code: 0 nothing of the severity of --fail-on or worse, 1 something, 2 it cannot be read.

    \b
    Examples:
      rolegraph lint --rules
      rolegraph lint curated mine.ttl --without-rule no-pay --fail-on never
    """  # noqa: D301 - click reads the \b
    from rolegraph.lint import chosen  # noqa: PLC0415 - networkx loads with it

    asked = chosen(only, without)
    if listing:
        from rolegraph.tables import Table  # noqa: PLC0415 - loaded by now

        rows = tuple((rule.name, rule.severity, rule.meaning) for rule in asked)
        show_table(Table(("rule", "severity", "meaning"), rows))
        return 0
    settings().data += files
    graph = open_data()
    with working("looking the data over"):
        report = graph.lint(only, without)
    show_table(report.table(), as_json=report.to_dict(), as_text=lambda: _lint_text(report))
    if chosen_format() != "table":
        tell(str(report))
    return 1 if report.fails(fail_on) else 0


def _lint_text(report: LintReport) -> str:
    lines: list[str] = []
    keys = [(finding.severity, finding.rule) for finding in report.findings]
    for finding, left in _first_of_each(report.findings, keys):
        lines += _finding_lines(finding)
        lines += [f"... and {left:,} more of {finding.rule}", ""] if left else []
    return "\n".join([*lines, *_counted(report.summary(), "rule"), str(report)])


def _finding_lines(finding: Finding) -> list[str]:
    where = f" in {finding.data_set}" if finding.data_set else ""
    return [
        *wrapped(f"{finding.severity}: {finding.rule}: {finding.label}{where}", indent=2),
        *wrapped(finding.message, "  "),
        *wrapped(finding.advice, "  "),
        *(line for source in finding.sources for line in wrapped(source, "  says: ")),
        "",
    ]


def _first_of_each(items: Sequence[T], keys: Sequence[Hashable]) -> Iterator[tuple[T, int]]:
    """Give the first items of each key, in order; with the last of them, how many more there are."""
    counts = Counter(keys)
    shown: Counter[Hashable] = Counter()
    for item, key in zip(items, keys, strict=True):
        shown[key] += 1
        if shown[key] <= MOST_ALIKE:
            yield item, counts[key] - MOST_ALIKE if shown[key] == MOST_ALIKE else 0


def _counted(summary: Table, name: str) -> list[str]:
    """Give how often each kind was found, where not all of one are shown."""
    if not any(row["count"] > MOST_ALIKE for row in summary):
        return []
    lines = ["How often (--format json or csv gives all of them)"]
    for row in summary:
        lines += wrapped(f"{row['count']:>7,}  {row['severity']}: {row[name]}", indent=9)
    return [*lines, ""]
