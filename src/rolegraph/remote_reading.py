"""Fetches statements and rows from an endpoint page by page, and sees to it that they are all.

Servers cut answers off without a word. So what is fetched is counted by the server, too, and the two numbers
must agree. Few rows are taken for all: nobody cuts off there.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rolegraph.errors import EndpointError
from rolegraph.exchange import MOST_BYTES
from rolegraph.remote_answers import is_true, number_of, read_lines, read_rows
from rolegraph.remote_graphs import find_layout
from rolegraph.remote_queries import sliced, with_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rolegraph.connecting import Deadline
    from rolegraph.endpoint import Endpoint
    from rolegraph.remote_graphs import Dataset, Layout
    from rolegraph.stores import Row

#: Rows that are asked for at once; fewer rows than this no server has been seen to cut an answer off at.
PAGE = 50_000
SMALL = 1_000

#: The most triples that are asked for at once, where they are short.
LARGEST = 250_000

#: How far behind a thing blank nodes are looked up.
_DEEPEST = 6


class Reader:
    """Reads from an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.url = endpoint.url
        self._layout: Layout | None = None
        self._named_anew: bool | None = None  # whether blank nodes have other names in each answer

    @property
    def layout(self) -> Layout:
        """How the endpoint keeps its statements; found out once."""
        if self._layout is None:
            self._layout = find_layout(self.endpoint)
        return self._layout

    def holds(self, pattern: str) -> bool:
        """Tell whether a pattern matches anything in the union of all graphs."""
        reply = self.endpoint.ask(f"ASK {{ {pattern} }}", "rows", self.layout.union)
        return is_true(self.url, read_rows(self.url, reply))

    def rows(self, sparql: str) -> list[Row]:
        """Give all rows of a SELECT query of ours, in any order."""
        text, union = with_prefixes(sparql), self.layout.union
        parts = sliced(text)
        assert parts is not None  # noqa: S101 - such are the queries of ours
        reply = self.endpoint.ask(parts.page(0, PAGE), "rows", union)
        read = read_rows(self.url, reply)
        rows = read.rows
        if len(rows) < SMALL and not reply.capped:
            return rows
        count = number_of(self.url, read_rows(self.url, self.endpoint.ask(parts.counted(), "rows", union)))
        while len(rows) < count:
            reply = self.endpoint.ask(parts.page(len(rows), PAGE), "rows", union)
            more = read_rows(self.url, reply)
            if not more.rows:
                break
            rows = rows + more.in_order(read.names)
        if len(rows) != count:
            raise self._not_whole(len(rows), count)
        return rows

    def rest_of(
        self, sparql: str, names: Sequence[str], rows: list[Row], dataset: Dataset, deadline: Deadline
    ) -> list[Row]:
        """Give all rows of a query of which the server gave the first ones, as far as its own LIMIT goes."""
        parts = sliced(sparql)
        while parts is not None and (parts.limit is None or len(rows) < parts.limit):
            left = PAGE if parts.limit is None else min(PAGE, parts.limit - len(rows))
            text = parts.page(parts.offset + len(rows), left)
            more = read_rows(self.url, self.endpoint.ask(text, "rows", dataset, deadline))
            if not more.rows:
                break
            rows = rows + more.in_order(names)
        return rows

    def quads(self, where: str, loose: ox.NamedNode) -> list[ox.Quad]:
        """Give the statements that a pattern of ?s ?p ?o, and ?g, finds; those in none as of `loose`."""
        layout = self.layout
        columns = "?g ?s ?p ?o" if layout.has_graphs else "?s ?p ?o"
        found = dict.fromkeys(self.rows(f"SELECT DISTINCT {columns} {{ {where} }}"))
        quads = []
        for row in found:
            graph, subject, predicate, thing = row if layout.has_graphs else (None, *row)
            if not (isinstance(graph, ox.NamedNode) and layout.is_foreign(graph.value)):
                quads.append(ox.Quad(subject, predicate, thing, graph or loose))  # type: ignore[arg-type]
        if any(isinstance(term, ox.BlankNode) for row in found for term in row):
            self.see_to_blank_nodes()
        return quads

    def behind(self, before: str, after: str, loose: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give the statements of blank nodes, and of blank nodes behind those.

        before and after: what stands before and after a node in the pattern that leads to it.
        """
        nodes = ["?s"]
        while len(nodes) <= _DEEPEST:
            steps = [f"{before} {nodes[0]} {after}"]
            steps += [f"{one} ?l{n} {other} ." for n, (one, other) in enumerate(pairwise(nodes))]
            blank = " && ".join(f"ISBLANK({name})" for name in nodes)
            quads = self.quads(f"{' '.join(steps)} FILTER({blank}) {self.layout.placed}", loose)
            yield from quads
            if not any(isinstance(quad.object, ox.BlankNode) for quad in quads):
                return
            nodes.insert(-1, f"?b{len(nodes)}")

    def lines(
        self, pattern: str, count: int | None = None, dataset: Dataset | None = None
    ) -> Iterator[list[bytes]]:
        """Give all statements ?s ?p ?o of a pattern, each once, as lines of N-Triples, page by page.

        count: how many there are, where that is known.

        Raises EndpointError where they are not as many as the server counts.
        """
        dataset = self.layout.union if dataset is None else dataset
        inner = f"SELECT DISTINCT ?s ?p ?o {{ {pattern} }}"
        seen: set[int] = set()
        # What comes in no order may come in another one for the next page. Then it is sorted, which is slow.
        for part in (inner, f"SELECT * {{ {{ {inner} ORDER BY ?s ?p ?o }} }}"):
            offset, size = 0, PAGE
            while count is None or (len(seen) < count and offset < count):
                page = f"{part} LIMIT {size} OFFSET {offset}"
                reply = self.endpoint.ask(
                    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {page} }} }}", "triples", dataset
                )
                read = read_lines(self.url, reply)
                if any(b"_:" in line for line in read):
                    self.see_to_blank_nodes()
                fresh = [line for line in dict.fromkeys(read) if hash(line) not in seen]
                seen.update(map(hash, fresh))
                yield fresh
                if count is None:
                    few = len(read) < SMALL and reply.whole and not reply.capped
                    count = len(seen) if few else self._count(inner, dataset)
                if not read:
                    break
                offset += len(read)
                # Each page costs the server all that comes before it: so they are as large as may be.
                size = max(PAGE, min(LARGEST, MOST_BYTES // 2 * len(read) // len(reply.content)))
            if len(seen) == count:
                return
        raise self._not_whole(len(seen), count or 0)

    def _count(self, inner: str, dataset: Dataset) -> int:
        reply = self.endpoint.ask(f"SELECT (COUNT(*) AS ?n) {{ {{ {inner} }} }}", "rows", dataset)
        return number_of(self.url, read_rows(self.url, reply))

    def see_to_blank_nodes(self) -> None:
        """Make sure that blank nodes keep their names from answer to answer; else nothing could be joined."""
        if self._named_anew is None:
            asked = "SELECT DISTINCT ?b { ?b ?p ?o FILTER(ISBLANK(?b)) }"
            replies = [
                self.endpoint.ask(f"{asked} LIMIT {limit} OFFSET {offset}", "rows", self.layout.union)
                for limit, offset in ((2, 0), (1, 1))
            ]
            both, second = (read_rows(self.url, reply).rows for reply in replies)
            self._named_anew = len(both) > 1 and both[1:] != second
        if self._named_anew:
            words = (
                "gives blank nodes other names in each answer, so that its data cannot be put together from"
                " several; give these things IRIs, or name the data as a file"
            )
            raise EndpointError(self.url, words)

    def _not_whole(self, found: int, count: int) -> EndpointError:
        words = f"gave {found:,} of {count:,} rows, page by page; is its data being changed? Try it again"
        return EndpointError(self.url, words)


def batches(things: Iterable[ox.NamedNode], size: int) -> Iterator[str]:
    """Give the terms of things, some of them at a time, as VALUES has them."""
    left = iter(dict.fromkeys(things))
    while some := list(islice(left, size)):
        yield " ".join(map(str, some))
