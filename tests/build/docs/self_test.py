# SPDX-License-Identifier: MIT
"""self_test.py REPOSITORY: the checks of this folder find the mistakes that they are there for."""
import sys
import tempfile
import unittest
from pathlib import Path

import check_comments
import check_names
import check_pages
from sources import Sources, without_comments

REPOSITORY = Path(sys.argv.pop(1))


class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = Sources(REPOSITORY)

    def unknown(self, span):
        return check_names.unknown_names(self.sources, span)

    def test_finds_made_up_names(self):
        self.assertEqual(self.unknown("polarisation_of_nothing"), ["polarisation_of_nothing"])
        self.assertEqual(self.unknown("Plan::no_such_member(exec)"), ["no_such_member"])
        self.assertEqual(self.unknown("--flag-of-nobody"), ["--flag-of-nobody"])
        self.assertEqual(self.unknown("nbk-render --flag-of-nobody 3"), ["--flag-of-nobody"])
        self.assertEqual(self.unknown("no_such_prefix_*"), ["no_such_prefix_"])
        self.assertTrue(self.unknown("physics/no_such_file.hpp"))
        self.assertTrue(self.unknown("unit/no_such_test.cpp"))
        self.assertTrue(self.unknown("docs/no_such_test"))

    def test_knows_what_exists(self):
        for span in ("Plan", "simulate(exec, plan, image)", "--precision", "model/experiment.hpp", "docs/names", "tests/run",
                     "golden/main_job", "portability/space.*", "speedup_*", "NBK_WERROR", "build/run", "a.q", "-cell"):
            self.assertEqual(self.unknown(span), [], span)

    def test_reads_spans_over_lines_and_skips_blocks(self):
        page = "one `two\nthree`\n```cpp\n`four`\n```\nfive `six`\n"
        self.assertEqual(check_names.spans_of(page), [(1, "two\nthree"), (6, "six")])

    def test_leaves_comments_out(self):
        self.assertNotIn("gone", without_comments("int a;  // gone\n/* gone */ int b;", ".cpp"))
        self.assertNotIn("gone", without_comments("a = 1  # gone\n", ".py"))
        self.assertIn("https://here", without_comments('x = "https://here";', ".cpp"))


class Comments(unittest.TestCase):
    def starts(self, text):
        return check_comments.starts_of(text)

    def test_finds_the_first_line_of_each_comment(self):
        text = "/// Returns one.\n/// What follows.\nint f();\nint a;  ///< edge,\n        ///< as given\nint b;  ///< width\n"
        self.assertEqual(self.starts(text), [(1, "Returns one."), (4, "edge,"), (6, "width")])
        self.assertEqual(self.starts("/// \\file\n/// How it works.\n"), [(2, "How it works.")])

    def test_refuses_beginnings(self):
        for comment in ("What a ray is.", "as XDS", "Whether it fits.", "How many.", "Which one.", "Where it is."):
            self.assertTrue(check_comments.refused(comment), comment)
        for comment in ("Returns what a ray is.", "Assumes that it fits.", "Whole number.", "Howitzer."):
            self.assertFalse(check_comments.refused(comment), comment)

    def test_reads_docstrings(self):
        text = 'def f():\n    """What f does."""\n'
        self.assertEqual(check_comments.docstrings_of(text), [(2, "What f does.")])


class Pages(unittest.TestCase):
    def problems(self, page):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.md"
            path.write_text(page)
            return check_pages.problems_of_page(path, page)

    def test_finds_long_lines_but_for_tables(self):
        self.assertEqual(len(self.problems("x" * 121)), 1)
        self.assertEqual(self.problems("x" * 120), [])
        self.assertEqual(self.problems("| " + "x" * 200 + " |"), [])

    def test_finds_idioms(self):
        self.assertEqual(len(self.problems("It was mended.")), 1)
        self.assertEqual(len(self.problems("For who wants it, for who does not.")), 1)

    def test_finds_links_that_lead_nowhere(self):
        self.assertEqual(len(self.problems("[a](nowhere.md)")), 1)
        self.assertEqual(len(self.problems("# A heading\n[a](#another)")), 1)
        self.assertEqual(self.problems("# A `heading` (new)\n[a](#a-heading-new) [b](https://example.org)"), [])


if __name__ == "__main__":
    unittest.main()
