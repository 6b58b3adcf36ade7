# SPDX-License-Identifier: MIT
"""What all lines drawn at random have in common."""

import random


class DrawnLine:
    """`words` and the `files` (name: bytes) they mean; the same for the same seed."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.files = {}
        self._groups = []

    @property
    def words(self):
        return [word for group in self._groups for word in group]

    def chance(self, share):
        return self.rng.random() < share

    def between(self, low, high):
        return self.rng.uniform(low, high)

    def add(self, names, *values):
        """One of the names (separated by blanks), and its values."""
        name = "-" + self.rng.choice(names.split())
        self._groups.append([name] + [v if isinstance(v, str) else "%.6g" % v for v in values])

    def maybe(self, share, names, *values):
        if self.chance(share):
            self.add(names, *values)

    def _draw(self, parts):
        """Calls the parts of a line in any order."""
        self.rng.shuffle(parts)
        for part in parts:
            part()

    def _finish(self, seed):
        """Puts the words in any order; one line of four gets oddities."""
        self.rng.shuffle(self._groups)
        if seed % 4 == 1:
            self._oddities()

    def _insert(self, *words):
        """Words somewhere in the line."""
        self._groups.insert(self.rng.randrange(len(self._groups) + 1), [str(word) for word in words])
