# SPDX-License-Identifier: MIT
"""Ratios of medians with the interval they lie in, and what an interval says about a change."""
from __future__ import annotations

import enum
import random
from dataclasses import dataclass
from statistics import median
from typing import Callable, Sequence

from command import require

# Fewer figures make no interval: of 5 figures the median's own interval at 95 % is all of them.
FEWEST_FIGURES = 5
DRAWS = 10000
SEED = 20240131  # the same figures give the same verdict


class Pairing(enum.Enum):
    """Relation between the figures of both sides."""

    PAIRS = "base[i] and fresh[i] were taken one after the other, so they are drawn together"
    INDEPENDENT = "each side is drawn on its own"


class Change(enum.Enum):
    """Verdict on a change, as it is printed."""

    SLOWER = "SLOWER"
    FASTER = "faster"
    SAME = "the same"
    UNDECIDED = "not decided: take more pairs"


@dataclass(frozen=True)
class RatioInterval:
    """A ratio of medians and the interval it lies in with some confidence."""

    ratio: float
    low: float
    high: float


def bootstrap_ratio(base: Sequence[float], fresh: Sequence[float], pairing: Pairing, confidence: float,
                    draws: int = DRAWS) -> RatioInterval:
    """Returns median(fresh) / median(base) with its percentile bootstrap interval.

    Pairs keep what both figures of a pair share, the state of the machine, out of the interval.
    Raises InvalidInput for fewer than FEWEST_FIGURES on a side, or for pairs of different number.
    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
    """
    fewest = min(len(base), len(fresh))
    require(fewest >= FEWEST_FIGURES, "figures", fewest,
            f"must be at least {FEWEST_FIGURES} on each side to tell slower from noise")
    choices = random.Random(SEED).choices
    draw: Callable[[], float]
    if pairing is Pairing.PAIRS:
        require(len(base) == len(fresh), "pairs", len(fresh), "must be complete")
        pairs = list(zip(fresh, base))

        def draw() -> float:
            new, old = zip(*choices(pairs, k=len(pairs)))
            return median(new) / median(old)
    else:
        def draw() -> float:
            return median(choices(fresh, k=len(fresh))) / median(choices(base, k=len(base)))

    ratios = sorted(draw() for _ in range(draws))
    tail = 0.5 * (1 - confidence)
    return RatioInterval(median(fresh) / median(base), ratios[int(tail * (draws - 1))],
                         ratios[int((1 - tail) * (draws - 1))])


def change_of(interval: RatioInterval, tolerance: float) -> Change:
    """Judges a ratio of times: SLOWER above 1 + tolerance, FASTER below 1, SAME within the tolerance of 1."""
    if interval.low > 1 + tolerance:
        return Change.SLOWER
    if interval.high < 1:
        return Change.FASTER
    if interval.low >= 1 - tolerance and interval.high <= 1 + tolerance:
        return Change.SAME
    return Change.UNDECIDED
