"""`find`, `role` and `why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rolegraph.cli.footnotes import Footnotes, beside, pay_words, wrapped
from rolegraph.cli.options import open_data, shared_options
from rolegraph.cli.output import show_table, tell
from rolegraph.labels import KINDS
from rolegraph.model import in_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.model import Link, RoleCard
    from rolegraph.routes import Step
    from rolegraph.tables import Table


@click.command(short_help="Find roles, skills, credentials ... by name or alias.")
@click.argument("text")
@click.option("--kind", type=click.Choice(KINDS), help="Find only this kind of thing.")
@shared_options
def find(text: str, kind: str | None) -> int:
    """Find what has TEXT in its name or in an alias, best match first; case and accents do not matter.

    \b
    Exit code: 0 something is found, 1 nothing is.

    \b
    Examples:
      rolegraph find product
      rolegraph find cpo --kind role
    """  # noqa: D301 - click reads the \b
    graph = open_data()
    found = graph.find(text, kind=kind)
    show_table(found)
    if not len(found):
        near = graph.nearest(text, kind=kind)
        hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
        tell(f"Nothing has {text!r} in its name.{hint}")
    return 0 if len(found) else 1


@click.command(short_help="Show all that the graph says of a role, and who says it.")
@click.argument("name")
@shared_options
def role(name: str) -> int:
    """Show the card of a role: what it is, pays and needs, where it comes from and leads, and who says so.

    \b
    Examples:
      rolegraph role CPO
      rolegraph role "brand manager" --format json
    """  # noqa: D301 - click reads the \b
    card = open_data().role(name)
    show_table(card.table(), as_json=card.to_dict(), as_text=lambda: _card_text(card))
    return 0


#: Relation -> heading of its list on a card, in the order of the card.
_HEADINGS = {
    "has_duty": "Duties",
    "brings_value": "Brings value by",
    "requires": "Skills",
    "needs_degree": "Degrees asked for",
    "asks_degree": "Degrees asked for, by share of those asked",
    "holds_degree": "Degrees held",
    "suggests_subject": "Subjects",
    "suggests_credential": "Certifications and training",
    "member_of": "Belongs to",
    "described_as": "Described as the occupation",
}

#: Kind of note -> heading of its list on a card.
_NOTE_HEADINGS = {
    "level": "Level",
    "outlook": "Outlook",
    "experience": "Experience",
    "preparation": "Preparation",
    "statement": "Also said",
    "comparison": "Compared",
    "caveat": "Take care",
}


def _card_text(card: RoleCard) -> str:
    notes = Footnotes()
    role = card.role
    names = f" ({', '.join(role.aliases)})" if role.aliases else ""
    lines = [f"{role.label}{names} {notes.cite(card.sources)}".rstrip(), *wrapped(role.definition, "  ")]
    lines += ["", "Pay", *(line for words in pay_words(role.pay, notes) for line in wrapped(words, "  "))]
    lines += _listed("Reached from", card.moves_in, notes) + _listed("Leads to", card.moves_out, notes)
    for kind, heading in _HEADINGS.items():
        lines += _listed(heading, card.of(kind), notes)
    if not card.of("requires"):
        lines += ["", *wrapped("Skills: no source names any, which is not the same as needing none.")]
    for kind, heading in _NOTE_HEADINGS.items():
        said = [note for note in card.notes if note.kind == kind]
        lines += ["", heading] if said else []
        for note in said:
            aside = note.evidence.via or note.evidence.qualifier
            qualified = f" ({aside})" if aside else ""
            lines += wrapped(f"{note.text}{qualified} {notes.cite((note.evidence,))}", "  - ")
            # Why to doubt what holds for an occupation stands with the occupation.
            if note.evidence.doubt and not note.evidence.via:
                lines += wrapped(f"doubt: {note.evidence.doubt}", "      ")
    return "\n".join([*lines, *notes.lines()])


#: Lines of a list before it says how many more there are.
_MOST = 20


def _listed(heading: str, links: Sequence[Link], notes: Footnotes) -> list[str]:
    lines = []
    for link in links[:_MOST]:
        details = list(dict.fromkeys(item.detail for item in link.evidence if item.detail))
        kinds = [
            kind for kind in dict.fromkeys(item.kind for item in link.evidence) if kind not in {"", "stated"}
        ]
        doubts = dict.fromkeys(
            f"doubt: {item.doubt}" for item in link.evidence if item.doubt and not item.via
        )
        words = ", ".join([link.label, *details, *kinds])
        lines += wrapped(f"{words} {notes.cite(link.evidence)}", "  - ")
        lines += [line for doubt in doubts for line in wrapped(doubt, "      ")]
    if len(links) > _MOST:
        lines.append(f"  ... and {len(links) - _MOST} more; --format md lists all")
    return ["", f"{heading} ({len(links)})", *lines] if lines else []


@click.command(short_help="Show the sources behind a role, or behind what links two things.")
@click.argument("name")
@click.argument("other", required=False)
@shared_options
def why(name: str, other: str | None) -> int:
    """Show who says so: every source behind NAME, or behind what links NAME and OTHER.

    NAME and OTHER may be roles, skills, degrees, certifications ... Of a move, its strength comes first: what
    it rests on at best. What sources say that does not go together stands side by side before the rest.

    \b
    Exit code: 0 there are claims, 1 there are none.

    \b
    Examples:
      rolegraph why "product developer" CPO
      rolegraph why CPO "bachelor's degree"
      rolegraph why CEO
    """  # noqa: D301 - click reads the \b
    graph = open_data()
    claims = graph.why(name, other)

    def text() -> str:
        moves = () if other is None else graph.moves_between(name, other)
        return "\n\n".join(
            filter(
                None,
                (_strength_text(moves), _sides_text(graph.contradictions(name, other)), _claims_text(claims)),
            )
        )

    show_table(claims, as_text=text)
    if len(claims):
        return 0
    if other:
        tell(f"No source links {name} and {other} directly; `rolegraph path` looks for a route.")
    else:
        tell(f"No source says anything of {name}.")
    return 1


#: Kind of evidence -> the words before its source.
_SAID_BY = {
    "stated": "stated by",
    "observed": "observed in",
    "derived": "derived from",
    "editorial": "judged by the editors:",
}


def _strength_text(moves: Sequence[Step]) -> str:
    return "\n".join(line for move in moves for line in wrapped(f"{move}: {move.strength}", indent=2))


def _sides_text(contradictions: Table) -> str:
    """Write both sides of each contradiction beside each other, in two columns."""
    lines = [f"Sources that disagree ({len(contradictions)})"] if len(contradictions) else []
    for row in contradictions:
        lines += ["", f"  {row['matter']}"]
        lines += beside(row["one"], row["other"], "    ")
        lines += beside(f"  {row['one_source']}", f"  {row['other_source']}", "    ")
    return "\n".join(lines)


def _claims_text(claims: Table) -> str:
    lines: list[str] = []
    said = ""
    for row in claims:
        if row["relation"] == "contradiction":
            continue  # told before, side by side
        words = f"{row['relation'].replace('_', ' ')}: {row['value']}"
        if words != said:
            lines += [*([""] if lines else []), *wrapped(words, indent=2)]
            said = words
        source = f"{row['source']} ({', '.join(filter(None, (row['publisher'], row['date'])))})"
        reported = f", as reported by {row['document']}" if row["document"] not in {"", row["source"]} else ""
        section = f", {in_sections(row['section'])}" if row["section"] else ""
        lines += wrapped(f"{_SAID_BY.get(row['evidence'], 'named by')} {source}{reported}{section}", "  - ")
        for name in ("qualifier", "doubt", "url"):
            lines += wrapped(f"{name}: {row[name]}", "    ") if row[name] else []
    return "\n".join(lines)
