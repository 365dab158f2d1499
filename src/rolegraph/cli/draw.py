"""`view`."""

from __future__ import annotations

import click

from rolegraph.cli.options import open_data, shared_options
from rolegraph.cli.output import show_raw
from rolegraph.tables import printable


@click.command(short_help="Draw the graph, or a route in it, as one HTML file.")
@click.argument("start", required=False)
@click.argument("goal", required=False)
@click.option("-o", "--output", metavar="FILE", help="Write the page to this file (- for standard output).")
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@shared_options
def view(start: str | None, goal: str | None, output: str | None, *, open_it: bool) -> int:
    """Draw the graph as one HTML file that works offline.

    With START and GOAL the route between them is highlighted.
    With START alone the page opens at that role. Nothing is written but FILE; --open without -o uses a
    temporary file.

    \b
    Examples:
      rolegraph view -o map.html
      rolegraph view "product developer" CEO -o map.html --open
    """  # noqa: D301 - click reads the \b
    if not output and not open_it:
        message = "Say where the page shall go: -o map.html, or --open to see it at once."
        raise click.UsageError(message)
    graph = open_data()
    route = graph.path(start, goal) if start and goal else None
    focus = graph.resolve(start) if start else None

    from rolegraph.webpage import page  # noqa: PLC0415 - pyvis loads with it, after the names are known to be right

    title = " → ".join(route.labels) if route else "Map of roles"
    drawn = page(graph.network(), highlight=route, focus=focus, title=title)
    if output == "-":
        show_raw(drawn.html)
    elif output:
        click.echo(printable(str(drawn.save(output))))
    if open_it:
        drawn.show()
    return 0
