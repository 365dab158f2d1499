"""`profile`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolegraph.cli.footnotes import wrapped
from rolegraph.cli.options import check_named, open_data, shared_options
from rolegraph.cli.output import show_raw, show_table, tell
from rolegraph.errors import OutputError
from rolegraph.tables import Table, cell

if TYPE_CHECKING:
    from rolegraph.model import Profile
    from rolegraph.role_graph import RoleGraph


@click.command(short_help="Check what you have, written in a file; or begin such a file.")
@click.argument("file", required=False)
@click.option("--init", "begin", is_flag=True, help="Write a template to fill in.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where --init writes it; - for standard output.  [default: me.yaml]",
)
@click.option("--force", is_flag=True, help="Let --init overwrite a file.")
@shared_options
def profile(file: str | None, output: str | None, *, begin: bool, force: bool) -> int:
    """Check FILE, a profile of what you have, and show how it is understood.

    A profile says your role, skills, degrees, certifications, years of experience and pay. It is YAML
    (.yaml, .yml), which --init writes a template of, or Turtle (.ttl): a rg:Profile with rg:currentRole,
    rg:hasSkill, rg:hasCredential, rg:yearsOfExperience and rg:currentPay. Every mistake is told at once,
    with its line.

    \b
    Exit code: 0 it holds, 2 it does not.

    \b
    Examples:
      rolegraph profile --init -o mine.yaml
      rolegraph profile me.yaml
    """  # noqa: D301 - click reads the \b
    if begin and file is None:
        return _begin("me.yaml" if output is None else output, force=force)
    if begin:
        message = f"--init writes a new file: say where with -o {file}."
        raise click.UsageError(message)
    if output is not None or force:
        message = "-o and --force say where --init writes to."
        raise click.UsageError(message)
    if file is None:
        message = "Name a profile to check, such as me.yaml; or begin one with --init."
        raise click.UsageError(message)
    graph = open_data()
    _show(graph.profile(file), graph)
    return 0


def _begin(output: str, *, force: bool) -> int:
    from rolegraph.files import write_whole  # noqa: PLC0415 - only --init writes
    from rolegraph.profiles import read_pay_bases, template  # noqa: PLC0415 - --help does without

    check_named(output)
    target = Path(output)
    if output != "-" and target.is_file() and not force:
        message = f"{output} exists already; --force overwrites it, -o writes elsewhere."
        raise OutputError(message)
    if output != "-" and target.suffix.lower() not in {".yaml", ".yml"} and not target.is_dir():
        message = f"The template is YAML: {output} must end in .yaml or .yml."
        raise click.UsageError(message)
    graph = open_data()
    text = template(graph.entries(), read_pay_bases(graph.store))
    if output == "-":
        show_raw(text)
    else:
        tell(f"Wrote {write_whole(target, text)}")
    return 0


def _show(read: Profile, graph: RoleGraph) -> None:
    from rolegraph.profiles import profile_dict, profile_table  # noqa: PLC0415 - --help does without

    table = profile_table(read, graph.entries())
    show_table(table, as_json=profile_dict(read, graph.entries()), as_text=lambda: _text(table))
    if not len(table):
        tell("The profile holds, and nothing in it is filled in yet.")


#: What a row is -> heading of its list.
_HEADINGS = {
    "role": "Role now",
    "skill": "Skills",
    "degree": "Degrees",
    "certification": "Certifications",
    "training": "Trainings",
    "years": "Years of experience",
    "pay": "Pay",
}


def _text(table: Table) -> str:
    lines: list[str] = []
    for what, heading in _HEADINGS.items():
        values = [cell(row["value"]) for row in table if row["what"] == what]
        if values:
            count = f" ({len(values)})" if heading.endswith("s") and what != "years" else ""
            lines += [*([""] if lines else []), f"{heading}{count}"]
            lines += [line for value in values for line in wrapped(value, "  - " if count else "  ")]
    return "\n".join(lines)
