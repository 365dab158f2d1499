"""The networks of a store, each made when a question first needs it, and kept: all of it, and its moves."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    import networkx as nx

    from rolegraph.any_store import Store
    from rolegraph.costs import Cost
    from rolegraph.moves import MoveGraph
    from rolegraph.rules import Rule
    from rolegraph.stores import LocalStore

#: Weighed moves that are kept for the next question.
KEPT = 4

#: Costs that need no more of the network than its roles and their moves.
LIGHT = ("hops", "pay-cut", "years", "doubt")


class StoreNetworks:
    """The networks that questions about a store are answered from; none is made that is not needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: Entered, with words for what is done, while something goes on that may take long.
        self.busy: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext()
        self._all: nx.MultiDiGraph[str] | None = None
        self._moves: nx.MultiDiGraph[str] | None = None
        self._skilled: nx.MultiDiGraph[str] | None = None
        self._weighed: dict[tuple[Any, ...], MoveGraph] = {}

    def statements(self) -> LocalStore:
        """Give all statements; of those that lie elsewhere a copy, which takes a while."""
        if not self._store.remote:
            return self._store.whole()
        with self.busy(f"copying all statements of {self._store!r}"):
            return self._store.whole()

    def whole(self) -> nx.MultiDiGraph[str]:
        """Give the network of all there is, which nobody may change."""
        if self._all is None:
            from rolegraph.projection import project  # noqa: PLC0415 - networkx loads with it

            with self.busy("putting roles, skills and moves together"):
                self._all = project(self.statements())
        return self._all

    def around(self, *things: str) -> nx.MultiDiGraph[str]:
        """Give a network that knows of these things what the whole one does: a part, if that is large."""
        if self._all is not None:
            return self._all
        from rolegraph.parts import part_around  # noqa: PLC0415 - other questions do without

        with self.busy("reading what is said of it") if self._store.remote else nullcontext():
            part = part_around(self._store, filter(None, things))
        if part is None:
            return self.whole()
        from rolegraph.projection import project  # noqa: PLC0415 - networkx loads with it

        return project(part)

    def weighed(
        self,
        cost: Cost | Sequence[Cost],
        rules: tuple[Rule, ...],
        conditions: Mapping[str, Any],
        *,
        grounds: bool = True,
    ) -> MoveGraph:
        """Give the moves as weighed for a question; the last ones are kept. See `moves.move_graph`.

        grounds: whether the question asks who says what its cost counts, and not only what it comes to.
        """
        from rolegraph.moves import move_graph  # noqa: PLC0415 - networkx loads with it

        how = {**conditions, "rules": rules}
        key = (cost, grounds, *sorted(how.items()))
        if key not in self._weighed:
            while len(self._weighed) >= KEPT:
                del self._weighed[next(iter(self._weighed))]
            self._weighed[key] = move_graph(self._to_search(cost, rules, grounds=grounds), cost, **how)
        return self._weighed[key]

    def skilled(self) -> nx.MultiDiGraph[str]:
        """Give a network that gaps can be counted in: of a large store, no more than that takes."""
        from rolegraph.parts import is_large  # noqa: PLC0415 - other questions do without
        from rolegraph.projection import with_skills  # noqa: PLC0415 - networkx loads with it

        if self._all is None and self._skilled is None and is_large(self._store):
            moves = self._roles_and_moves()
            with self.busy("putting roles and skills together"):
                self._skilled = with_skills(moves, self._store)
        return self._all or self._skilled or self.whole()

    def _to_search(
        self, costs: Cost | Sequence[Cost], rules: Sequence[Rule], *, grounds: bool
    ) -> nx.MultiDiGraph[str]:
        """Give a network to search routes in, with no more than the question asks for."""
        from rolegraph.rules import NoDegree  # noqa: PLC0415 - networkx loads with it

        asked = [costs] if isinstance(costs, str) or not isinstance(costs, Sequence) else costs
        beyond = [cost for cost in asked if cost not in LIGHT]
        if self._all is not None or any(isinstance(rule, NoDegree) for rule in rules):
            return self.whole()
        if not beyond:
            return self._roles_and_moves()
        return self.whole() if grounds or any(cost != "gap" for cost in beyond) else self.skilled()

    def _roles_and_moves(self) -> nx.MultiDiGraph[str]:
        if self._moves is None:
            from rolegraph.parts import moves_of  # noqa: PLC0415 - other questions do without
            from rolegraph.projection import project_moves  # noqa: PLC0415 - networkx loads with it

            with self.busy("putting roles and moves together"):
                self._moves = project_moves(moves_of(self._store))
        return self._moves
