"""How alike roles are by what they need. Numbers alone: no RDF, no names.

A facet holds one kind of need of all roles as a sparse matrix, a row for each role and a column for each
skill. There are two kinds, for skills are listed in two ways:

    named   a skill is essential, optional or absent, as in ESCO. Rare skills count more: the product of two
            needs is weighed by ln(1 + roles / roles that need the skill).
    rated   every role has a rating of every skill, as in O*NET. What all roles are rated alike on says
            nothing: the mean of each skill is taken off first.

The similarity in a facet is the cosine of two rows, and 0 where that is negative. The similarity of two roles
is the mean over the facets that both have. How this was chosen, among others by measurement: docs/derive.md.

Salton, Buckley: Term-weighting approaches in automatic text retrieval, 1988 (rarity); Pearson's correlation
is the cosine of rows that are centred.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

#: Similarities are rounded to so many digits, so that equal data gives equal answers on every machine.
DIGITS = 4

#: Most similarities that are in memory at once: 2 million of 8 bytes.
CELLS = 2_000_000

#: Roles that need nothing, which a mean counts besides those that there are. Else the few roles of a small
#: company, which are rated much alike, would be compared by what is left of them: noise.
NEEDLESS = 10


@dataclass(frozen=True)
class Facet:
    """One kind of need of every role.

    needs: roles x skills. mean: what is taken off every row. lengths: of the rows less the mean; infinite for
    a role that has no such needs, or none that tells it from the mean.
    """

    needs: Any
    mean: NDArray[np.float64]
    lengths: NDArray[np.float64]
    present: NDArray[np.bool_]


def named(rows: Sequence[Mapping[str, float]]) -> Facet:
    """Give the facet of skills that roles list; a row has a weight in (0, 1] for each skill that it lists.

    >>> facet = named([{"cooking": 1.0}, {"cooking": 1.0, "leading": 1.0}, {}])
    >>> block(facet, 0, 1).round(3).tolist()
    [[1.0, 0.631, 0.0]]
    """
    needs = _matrix(rows)
    listed = np.bincount(needs.indices, minlength=needs.shape[1])
    rarity = np.log1p(len(rows) / np.maximum(listed, 1))
    return _facet(needs @ sparse.diags_array(np.sqrt(rarity)), np.zeros(needs.shape[1]), rows)


def rated(rows: Sequence[Mapping[str, float]]) -> Facet:
    """Give the facet of skills that roles are rated on; a row has a weight in [0, 1] for each rated skill.

    >>> facet = rated([{"cooking": 1.0}, {"cooking": 1.0, "leading": 1.0}, {"leading": 1.0}])
    >>> block(facet, 0, 1).round(3).tolist()
    [[1.0, 0.569, 0.0]]
    """
    needs = _matrix(rows)
    mean = np.asarray(needs.sum(axis=0)).ravel() / (len(rows) + NEEDLESS)
    return _facet(needs, mean, rows)


def _matrix(rows: Sequence[Mapping[str, float]]) -> Any:
    skills = {skill: number for number, skill in enumerate(sorted({skill for row in rows for skill in row}))}
    ends = np.cumsum([0, *map(len, rows)])
    columns = [skills[skill] for row in rows for skill in row]
    weights = [weight for row in rows for weight in row.values()]
    matrix = sparse.csr_array((weights, columns, ends), shape=(len(rows), len(skills)), dtype=np.float64)
    matrix.sort_indices()
    return matrix


def _facet(needs: Any, mean: NDArray[np.float64], rows: Sequence[Mapping[str, float]]) -> Facet:
    square = np.asarray(needs.multiply(needs).sum(axis=1)).ravel() - 2 * (needs @ mean) + mean @ mean
    present = np.array([bool(row) for row in rows], dtype=np.bool_)
    told = present & (square > 1e-12)  # noqa: PLR2004 - less is rounding
    return Facet(needs.tocsr(), mean, np.where(told, np.sqrt(np.maximum(square, 0)), np.inf), present)


def block(facet: Facet, first: int, last: int) -> NDArray[np.float64]:
    """Give the similarities, in one facet, of the roles from `first` to before `last` to every role."""
    products: NDArray[np.float64] = (facet.needs[first:last] @ facet.needs.T).toarray()
    if facet.mean.any():
        # (a - m)(b - m) = ab - am - bm + mm: the matrix stays sparse.
        shares = facet.needs @ facet.mean
        products -= shares[first:last, None] + shares[None, :] - facet.mean @ facet.mean
    products /= facet.lengths[first:last, None]
    products /= facet.lengths[None, :]
    return np.clip(products, 0.0, 1.0)


def similarities(facets: Sequence[Facet], first: int, last: int) -> NDArray[np.float64]:
    """Give the similarities of the roles from `first` to before `last` to every role, all facets together."""
    total = np.zeros((last - first, len(facets[0].present)))
    counted = np.zeros_like(total)
    for facet in facets:
        if facet.needs.nnz:
            both = facet.present[first:last, None] & facet.present[None, :]
            total += block(facet, first, last) * both
            counted += both
    return np.round(total / np.maximum(counted, 1), DIGITS)


def neighbours(facets: Sequence[Facet], least: float) -> Iterator[list[tuple[int, float]]]:
    """Give for each role the others that are at least so similar, the most similar first.

    least: above 0. Roles that are equally similar stay in their order. A few rows at a time are in memory.

    >>> rows = [{"cooking": 1.0}, {"cooking": 1.0, "leading": 1.0}, {"leading": 1.0, "baking": 1.0}]
    >>> [[role for role, _ in found] for found in neighbours([named(rows)], 0.1)]
    [[1], [0, 2], [1]]
    """
    count = len(facets[0].present)
    step = max(1, CELLS // max(count, 1))
    for first in range(0, count, step):
        for role, scores in enumerate(similarities(facets, first, min(first + step, count)), first):
            scores[role] = 0.0
            found = np.flatnonzero(scores >= least)
            ordered = found[np.argsort(-scores[found], kind="stable")]
            yield list(zip(ordered.tolist(), scores[ordered].tolist(), strict=True))
