"""Ways to rank the occupations that one could move to: the way that rolegraph does, and others beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from rolegraph.derive import similarity
from rolegraph.derive.choosing import DerivedMove, RoleNeeds, Thresholds, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from occupations import Occupations, Truth

    Scores = NDArray[np.float64]

    #: How to come to the scores of all pairs, by name.
    Ways = dict[str, Callable[[], Scores]]


def matrix(rows: Sequence[Mapping[str, float]]) -> Any:
    """Give the needs as a sparse matrix."""
    return similarity._matrix(rows)  # noqa: SLF001 - compared are ways to rank, not ways to build a matrix


def cosine(weights: Any) -> Scores:
    """Give the cosine of every two rows."""
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    products: Scores = (weights @ weights.T).toarray()
    products /= np.maximum(np.outer(lengths, lengths), 1e-12)
    return products


def rarity(weights: Any) -> Scores:
    """Give what a skill counts for being rare."""
    listed = np.bincount(weights.indices, minlength=weights.shape[1])
    found: Scores = np.log1p(weights.shape[0] / np.maximum(listed, 1))
    return found


def overlap(weights: Any, rare: Scores) -> Scores:
    """Give for every two rows the lesser of the two weights of each skill, times its rarity, added up."""
    found = np.zeros((weights.shape[0], weights.shape[0]))
    levels = np.unique(weights.data)
    if len(levels) <= 4:  # noqa: PLR2004 - essential and optional: a product for each
        for below, level in pairwise([0.0, *levels.tolist()]):
            reached = (weights >= level).astype(float)
            found += (level - below) * ((reached @ sparse.diags_array(rare)) @ reached.T).toarray()
        return found
    for column, each in zip(weights.toarray().T, rare, strict=True):
        found += each * np.minimum(column[:, None], column[None, :])
    return found


def directed(weights: Any, rare: Scores) -> tuple[Scores, Scores]:
    """Give the part of the goal's needs that the start covers, and the weighted Jaccard similarity."""
    shared, needed = overlap(weights, rare), weights @ rare
    either = needed[:, None] + needed[None, :] - shared
    return shared / np.maximum(needed[None, :], 1e-12), shared / np.maximum(either, 1e-12)


def chosen(found: Occupations) -> Scores:
    """Give the similarity that rolegraph derives moves by."""
    facets = [similarity.named(found.named), similarity.rated(found.rated)]
    return similarity.similarities(facets, 0, len(found.ids))


def derived(found: Occupations) -> Scores:
    """Give the similarity of the moves that rolegraph derives by default, ten from each; 0 of all others."""
    roles = [
        RoleNeeds(one, one, named, rated, essential, zone=zone)
        for one, named, rated, essential, zone in zip(
            found.ids, found.named, found.rated, found.essential, found.zones, strict=True
        )
    ]
    place = {one: number for number, one in enumerate(found.ids)}
    facets = [similarity.named(found.named), similarity.rated(found.rated)]
    limits = Thresholds()
    scores = np.zeros((len(roles), len(roles)))
    for move in choose(roles, similarity.neighbours(facets, limits.similarity), limits):
        if isinstance(move, DerivedMove):
            scores[place[move.start], place[move.goal]] = move.similarity
    return scores


def named_ways(found: Occupations) -> Ways:
    """Give ways to rank by skills that are listed."""
    weights = matrix(found.named)
    rare = rarity(weights)
    essential = matrix([dict.fromkeys(skills, 1.0) for skills in found.essential])
    alike = matrix([dict.fromkeys(row, 1.0) for row in found.named])
    weighed = sparse.diags_array(np.sqrt(rare))

    def causeways() -> Scores:
        sizes = np.maximum(np.asarray(essential.sum(axis=1)).ravel(), 1e-12)
        pairs = [dict.fromkeys(row, 1.0) for row in found.named]
        every, needed = _aligned(pairs, found.essential)
        both: Scores = (needed @ needed.T).toarray() / np.maximum(sizes[:, None], sizes[None, :])
        both += (every @ needed.T).toarray() / sizes[None, :]
        return both / 2

    return {
        "cosine, essential skills only": lambda: cosine(
            essential @ sparse.diags_array(np.sqrt(rarity(essential)))
        ),
        "cosine, optional as much as essential": lambda: cosine(
            alike @ sparse.diags_array(np.sqrt(rarity(alike)))
        ),
        "cosine, optional half, no rarity": lambda: cosine(weights),
        "cosine, optional half, rarity": lambda: cosine(weights @ weighed),
        "weighted Jaccard, optional half, rarity": lambda: directed(weights, rare)[1],
        "coverage of the goal (directed)": lambda: directed(weights, rare)[0],
        "as Nesta, exact skills, no embeddings": causeways,
    }


def _aligned(rows: Sequence[Mapping[str, float]], required: Sequence[frozenset[str]]) -> tuple[Any, Any]:
    """Give all needs and the essential ones over the same columns."""
    skills = sorted({skill for row in rows for skill in row})
    padded = [
        {skill: float(skill in needed) for skill in row} for row, needed in zip(rows, required, strict=True)
    ]
    every, needed = matrix(rows), matrix(padded)
    assert every.shape == needed.shape == (len(rows), len(skills))  # noqa: S101
    return every, needed


def rated_ways(found: Occupations) -> Ways:
    """Give ways to rank by ratings, by listed skills, and by both."""
    ratings, tools = matrix(found.rated), matrix(found.named)
    listed = cosine(tools @ sparse.diags_array(np.sqrt(rarity(tools))))
    centred = similarity.rated(found.rated)
    level = np.ones(ratings.shape[1])
    return {
        "ratings, cosine": lambda: cosine(ratings),
        "ratings, cosine less the mean": lambda: similarity.block(centred, 0, len(found.ids)),
        "ratings, weighted Jaccard": lambda: directed(ratings, level)[1],
        "ratings, coverage of the goal (directed)": lambda: directed(ratings, level)[0],
        "technology skills, cosine, rarity": lambda: listed,
        "ratings and technology skills, mean": lambda: (cosine(ratings) + listed) / 2,
    }


def group_scores(codes: Sequence[str]) -> Scores:
    """Rank by how many first characters of the codes are alike: the group, the group in the group ..."""
    scores = np.zeros((len(codes), len(codes)))
    for length in range(1, max(map(len, codes)) + 1):
        heads = np.array([code[:length] for code in codes])
        scores += heads[:, None] == heads[None, :]
    return scores


def popular(truth: Truth, count: int, half: set[int]) -> Scores:
    """Rank every goal by how often it is one in the half that choices were made on."""
    often = np.zeros(count)
    for start in half & truth.goals.keys():
        for goal, weight in truth.goals[start].items():
            often[goal] += weight
    return np.tile(often, (count, 1))
