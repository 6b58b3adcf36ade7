# SPDX-License-Identifier: MIT
"""Intervals of ratios and what they say."""
import random
import unittest

import support  # noqa: F401, which makes bench/reading known
from bootstrap import Change, Pairing, RatioInterval, bootstrap_ratio, change_of
from command import InvalidInput

FEWER_DRAWS = 2000  # where many intervals are taken


def drifting_pairs(count, factor, seed):
    """Returns pairs that share a drift far larger than what is between them: base, and `factor` times it.

    Each figure has 1 % of noise of its own.
    """
    engine = random.Random(seed)
    base, fresh = [], []
    for _ in range(count):
        machine = engine.uniform(1, 1.5)
        base.append(machine * (1 + engine.gauss(0, 0.01)))
        fresh.append(factor * machine * (1 + engine.gauss(0, 0.01)))
    return base, fresh


class Bootstrap(unittest.TestCase):
    def test_noise_alone_is_called_slower_no_more_often_than_its_confidence_says(self):
        wrong = 0
        for seed in range(200):
            interval = bootstrap_ratio(*drifting_pairs(15, 1, seed), Pairing.PAIRS, 0.95, FEWER_DRAWS)
            wrong += change_of(interval, 0) is Change.SLOWER
        # 2.5 % of 200 is 5; three standard deviations of a binomial count above that.
        self.assertLessEqual(wrong, 12)

    def test_a_slow_down_of_a_fifth_is_seen_through_a_drift_of_a_half(self):
        seen = 0
        for seed in range(20):
            interval = bootstrap_ratio(*drifting_pairs(15, 1.2, seed), Pairing.PAIRS, 0.95)
            self.assertLessEqual(interval.low, interval.ratio)
            self.assertLessEqual(interval.ratio, interval.high)
            seen += change_of(interval, 0.02) is Change.SLOWER
        self.assertGreaterEqual(seen, 18)

    def test_pairs_keep_the_drift_out_of_the_interval(self):
        base, fresh = drifting_pairs(20, 1, 1)
        paired = bootstrap_ratio(base, fresh, Pairing.PAIRS, 0.95)
        independent = bootstrap_ratio(base, fresh, Pairing.INDEPENDENT, 0.95)
        self.assertLess(paired.high - paired.low, 0.5 * (independent.high - independent.low))

    def test_of_five_figures_the_interval_at_95_percent_is_that_of_all_combinations(self):
        # The median of 5 draws from 5 figures is the k-th with the probabilities 181/3125, 811/3125, 1141/3125,
        # 811/3125 and 181/3125 (binomial), so 2.5 % and 97.5 % of the ratios to a constant are the first and last.
        interval = bootstrap_ratio([2] * 5, [1, 2, 3, 4, 5], Pairing.INDEPENDENT, 0.95)
        self.assertEqual(interval, RatioInterval(1.5, 0.5, 2.5))
        # Below 5.8 % on each side it is the second and the fourth.
        interval = bootstrap_ratio([2] * 5, [1, 2, 3, 4, 5], Pairing.INDEPENDENT, 0.85)
        self.assertEqual(interval, RatioInterval(1.5, 1, 2))

    def test_the_same_figures_give_the_same_interval_and_equal_ones_give_1(self):
        equal, some = [2.0] * 6, [1, 2, 3, 4, 5, 6]
        self.assertEqual(bootstrap_ratio(equal, equal, Pairing.INDEPENDENT, 0.95), RatioInterval(1, 1, 1))
        self.assertEqual(bootstrap_ratio(some, equal, Pairing.INDEPENDENT, 0.9),
                         bootstrap_ratio(some, equal, Pairing.INDEPENDENT, 0.9))

    def test_too_few_figures_are_refused_and_so_are_pairs_that_are_none(self):
        with self.assertRaisesRegex(InvalidInput, "figures = 4: must be at least 5"):
            bootstrap_ratio([1] * 4, [1] * 5, Pairing.INDEPENDENT, 0.95)
        with self.assertRaisesRegex(InvalidInput, "pairs = 6: must be complete"):
            bootstrap_ratio([1] * 5, [1] * 6, Pairing.PAIRS, 0.95)

    def test_verdicts(self):
        self.assertIs(change_of(RatioInterval(1.2, 1.1, 1.3), 0.05), Change.SLOWER)
        self.assertIs(change_of(RatioInterval(1.2, 1.04, 1.3), 0.05), Change.UNDECIDED)
        self.assertIs(change_of(RatioInterval(0.8, 0.7, 0.9), 0.05), Change.FASTER)
        self.assertIs(change_of(RatioInterval(1.01, 0.97, 1.04), 0.05), Change.SAME)


if __name__ == "__main__":
    unittest.main()
