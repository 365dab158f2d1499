"""`import onet`."""

from __future__ import annotations

import click

from rolegraph.cli.imports import limit_options, output_option, run_import
from rolegraph.cli.options import check_named, format_option


@click.command(short_help="Read a release of O*NET, the US database of occupations.")
@click.argument("sources", nargs=-1, required=True, metavar="SRC...")
@output_option
@click.option("--release", metavar="NUMBER", help="Which release it is, where its files do not tell: 29.3.")
@limit_options
@format_option()
def onet(sources: tuple[str, ...], output: str, release: str | None) -> int:
    """Read SRC, the text files of a release of O*NET: the zip archive, or the folder it unpacks to.

    Get the archive of text files from https://www.onetcenter.org/database.html

    Taken are occupations, their titles, job zones, education, experience and training required, skills
    and knowledge with importance and level, technologies, tasks, scales, and related occupations as
    moves of the kind "derived". The report counts the rows of every table, and what is odd in them.

    \b
    Examples:
      rolegraph import onet db_29_3_text.zip -o onet.store
      rolegraph path "Marketing Managers" "Chief Executives" --data onet.store
    """  # noqa: D301 - click reads the \b
    check_named(*sources, output)
    from rolegraph.importers.onet import import_onet  # noqa: PLC0415 - --help does without

    return run_import(lambda watch: import_onet(sources, output, release=release or "", watch=watch), output)
