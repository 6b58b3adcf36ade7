# SPDX-License-Identifier: MIT
"""Pictures of runs over commits and of scaling. Exit code 77: matplotlib is not installed here."""
import sys
import unittest
from xml.etree import ElementTree

from support import Scratch, make_run
import plots

NAMES = {"svg": "http://www.w3.org/2000/svg"}


def titles(svg):
    """Returns the words at points, from a picture that must be well-formed."""
    return [title.text for title in ElementTree.fromstring(svg).findall(".//svg:g/svg:title", NAMES)]


class History(Scratch):
    def test_points_tell_what_they_are_and_failed_ones_are_red(self):
        make_run(self.folder / "out/a", 1, [0.001, 0.002, 0.004])
        make_run(self.folder / "out/failed/b", 2, [0.001], passed=False)
        make_run(self.folder / "out/c", 3, [0.001], "machine <b>")
        self.assertIn("history.md and history.svg\n", self.run_command("history", "out"))
        svg = (self.folder / "history.svg").read_text()
        words = titles(svg)
        self.assertEqual(len(words), 6)  # time and parity of three records
        self.assertIn("2 ms, commit c0ffee20, 20240101T000001Z", words)
        self.assertIn("1 ms, FAILED, commit c0ffee20, 20240101T000002Z", words)
        self.assertEqual(sum(text.startswith("1 - 1e-06") for text in words), 3)
        self.assertIn(plots.BAD, svg)
        self.assertIn("machine &lt;b&gt;", svg)
        self.run_command("history", "out")
        self.assertEqual((self.folder / "history.svg").read_text(), svg)

    def test_no_runs_and_runs_without_times(self):
        (self.folder / "out").mkdir()
        self.run_command("history", "out")
        self.assertEqual(titles((self.folder / "history.svg").read_text()), [])
        make_run(self.folder / "out/a", 1, [])
        self.run_command("history", "out")
        self.assertEqual(titles((self.folder / "history.svg").read_text()), [])


class Scaling(unittest.TestCase):
    def test_time_over_evaluations(self):
        svg = plots.scaling_svg([(1e6, 0.001), (1e7, 0.009), (1e8, 0.08)])
        self.assertEqual(titles(svg).count("1e+07 evaluations, 9 ms"), 2)
        for words in ("1 ms", "10 ms", "nanoseconds per evaluation", "0.8"):
            self.assertIn(f">{words}<", svg)

    def test_few_points(self):
        self.assertEqual(titles(plots.scaling_svg([])), [])
        self.assertEqual(len(titles(plots.scaling_svg([(1e6, 0.001)]))), 2)

    def test_names_of_times(self):
        self.assertEqual([plots.seconds_text(10.0 ** exponent) for exponent in (-8, -6, -4, -3, -1, 0, 2)],
                         ["10 ns", "1 µs", "100 µs", "1 ms", "100 ms", "1 s", "100 s"])


if __name__ == "__main__":
    if plots.matplotlib is None:
        print("SKIPPED: matplotlib is not installed")
        sys.exit(77)
    unittest.main()
