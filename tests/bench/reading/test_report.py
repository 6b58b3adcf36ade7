# SPDX-License-Identifier: MIT
"""The page of a run: what is on it, that nothing of it can become markup, and damaged runs."""
import json
import unittest
from html.parser import HTMLParser

from support import Scratch, make_run, results_of, stamp, statistics, trace_line, write_run, write_trace
from markdown_html import html_from_markdown

PNG = b"\x89PNG\r\n\x1a\n stands for a picture"
VOID = {"meta", "img", "br"}


class Balance(HTMLParser):
    """Checks that tags close in the order in which they opened, and keeps addresses."""

    def __init__(self, test):
        super().__init__()
        self.test, self.open, self.addresses, self.seen = test, [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.test.assertEqual(self.open.pop(), tag)


class Markdown(unittest.TestCase):
    def test_text_cannot_become_markup(self):
        self.assertEqual(html_from_markdown("a <script> & `x<1>` \"\n"),
                         "<p>a &lt;script&gt; &amp; <code>x&lt;1&gt;</code> &quot;\n</p>\n")

    def test_headings_lists_and_text(self):
        self.assertEqual(html_from_markdown("# Title\n\n- one\n- **two**\n\ntext\nmore\n## Next\n"),
                         "<h2>Title</h2>\n<ul>\n<li>one</li>\n<li><b>two</b></li>\n</ul>\n<p>text\nmore\n</p>\n"
                         "<h3>Next</h3>\n")

    def test_tables(self):
        self.assertEqual(
            html_from_markdown("| a | b |\n|---|---|\n| 1 | x\\|y<br>z |\n"),
            '<div class="wide"><table>\n<tr><th> a </th><th> b </th></tr>\n<tr><td> 1 </td><td> x|y<br>z </td></tr>\n'
            "</table></div>\n")

    def test_marks_that_do_not_close(self):
        self.assertEqual(html_from_markdown("a `b\n"), "<p>a <code>b</code>\n</p>\n")
        self.assertEqual(html_from_markdown("a **b\n"), "<p>a <b>b</b>\n</p>\n")


class Report(Scratch):
    def page_of(self, run):
        """Makes the page of a run, checks that it is whole and stands alone, and returns it."""
        self.assertEqual(self.run_command("report", run), f"{run}/report.html\n")
        page = (run / "report.html").read_text()
        parser = Balance(self)
        parser.feed(page)
        parser.close()
        self.assertEqual(parser.open, [])
        for address in parser.addresses:
            self.assertTrue(address.startswith("data:image/png;base64,"), address)
        self.assertNotIn("url(", page)
        return page

    def edit(self, run, change, name="benchmark_results.json"):
        """Changes the results of a run."""
        results = json.loads((run / name).read_text())
        change(results)
        (run / name).write_text(json.dumps(results))

    def test_the_main_job(self):
        run = make_run(self.folder / "run", 1, [0.1, 0.2, 0.3])
        page = self.page_of(run)
        self.assertIn('<h1>nbk-bench 20240101T000001Z <span class="verdict passed">passed</span></h1>', page)
        self.assertIn("<td> verdict </td><td> passed </td>", page)
        self.assertIn("<h3>64 x 64, float32</h3>\n<div>reference (builtin): 250 ms</div>", page)
        self.assertIn("<div>nbk, cold: 2 + 2 + 2 ms</div>", page)
        self.assertIn("<div>nbk, warm: 1 + 200 + 0.5 ms</div>", page)
        self.assertIn('<span class="d" style="width:100.000%"></span>', page)
        self.assertIn('<span class="b" style="width:80.000%"></span>', page)  # 200 ms of 250
        self.assertIn("<tr><td>machine.processor</td><td>&lt;a&gt; &amp; b</td></tr>", page)
        self.assertIn("<details><summary>3 lines</summary><pre>1\n2\n3\n</pre></details>", page)
        self.assertNotIn("<h2>Images</h2>", page)
        self.assertNotIn("Inventory", page)

    def test_a_failed_run_without_a_reference(self):
        run = make_run(self.folder / "run", 1, [0.1], passed=False)
        self.edit(run, lambda results: results["records"][0]["reference"].update(time_s=None))
        page = self.page_of(run)
        self.assertIn('<span class="verdict failed">failed</span>', page)
        self.assertNotIn("reference (builtin)", page)
        self.assertIn("width:100.000%", page)

    def test_the_inventory_of_a_profiled_run(self):
        run = make_run(self.folder / "run", 1, [0.1])
        write_trace(run / "profile_64x64/trace.json", [trace_line("region", "warm", 0, 900)])
        page = self.page_of(run)
        self.assertIn("<h2>Inventory of run</h2>", page)
        self.assertIn("<b>explained by no region</b>", page)
        self.assertTrue((run / "inventory.json").exists())

    def test_pictures(self):
        run = make_run(self.folder / "run", 1, [0.1])
        pictures = [{"file": f"{shows}.png", "shows": shows, "limit_photons": 12.5}
                    for shows in ("nbk_warm", "reference", "difference")]
        for picture in pictures:
            (run / picture["file"]).write_bytes(PNG)
        (run / "pictures_64x64.json").write_text(json.dumps(pictures))
        page = self.page_of(run)
        self.assertEqual(page.count("<figure>"), 3)
        self.assertEqual(page.count("base64,iVBORw0KGgogc3RhbmRzIGZvciBhIHBpY3R1cmU="), 3)
        self.assertIn("nbk, warm: black is 12.5 photons, white a ten-thousandth of it", page)
        self.assertIn("white is 12.5 photons more, black 12.5 less", page)
        (run / "reference.png").unlink()
        self.assertIn("reference.png: cannot be read", self.refused("report", run, code=1))
        (run / "pictures_64x64.json").write_text('[{"file": "../secret", "shows": "me", "limit_photons": 1}]')
        self.assertIn("pictures_64x64.json: [0].shows: must be one of nbk_warm,", self.refused("report", run, code=1))

    def test_images_that_an_older_run_kept_without_pictures(self):
        run = make_run(self.folder / "run", 1, [0.1])
        self.edit(run, lambda results: results["records"][0].update(artifacts=["nbk_warm_64x64.f32", "trace.json"]))
        self.assertIn("<p>Kept without pictures: nbk_warm_64x64.f32.</p>", self.page_of(run))

    def test_the_suite_and_the_matrix(self):
        record = {"workload": "mosaic", "dtype": "float32", "threads": 1, "time_s": statistics([0.5])}
        results = {**results_of(stamp(1), [1]), "records": [record, {**record, "time_s": statistics([0.25])}]}
        page = self.page_of(write_run(self.folder / "suite", results, "suite_results.json"))
        self.assertIn("<div>mosaic, float32, 1 threads: 500 ms</div>", page)
        self.assertIn('style="width:50.000%"', page)
        results["records"] = [{"experiment": "small"}]
        page = self.page_of(write_run(self.folder / "matrix", results, "matrix_results.json"))
        self.assertNotIn("<h2>Times</h2>", page)

    def test_scaling_without_a_picture_says_so_or_keeps_the_old_one(self):
        results = {**results_of(stamp(1), [1]), "line": {"exponent": None, "points": []}}
        del results["records"]
        run = write_run(self.folder / "run", results, "scaling_results.json")
        # A package that cannot be imported stands for one that is missing.
        (self.folder / "matplotlib").mkdir()
        (self.folder / "matplotlib/__init__.py").write_text("raise ImportError")
        without = {"PYTHONPATH": str(self.folder)}
        self.run_command("report", run, environment=without)
        self.assertIn("<p>There is no picture, because matplotlib is not installed.</p>",
                      (run / "report.html").read_text())
        (run / "scaling.svg").write_text("<?xml version='1.0'?><svg>old</svg>")
        self.run_command("report", run, environment=without)
        self.assertIn("<h2>The line</h2>\n<svg>old</svg>", (run / "report.html").read_text())

    def test_what_is_no_run_or_is_damaged_is_one_line(self):
        (self.folder / "empty").mkdir()
        self.assertIn("empty: has none of benchmark_results.json, suite_results.json",
                      self.refused("report", "empty", code=1))
        self.assertIn("RUN = nowhere: must be a folder", self.refused("report", "nowhere"))
        self.refused("report")
        run = make_run(self.folder / "run", 1, [0.1])
        (run / "report.html").write_text("old")
        self.edit(run, lambda results: results["records"][0]["time_cold"]["total_s"].update(median=None))
        self.assertIn("benchmark_results.json: records[0].time_cold.total_s: median is null",
                      self.refused("report", run, code=1))
        (run / "env.json").unlink()
        self.edit(run, lambda results: results.update(records=[]))
        self.assertIn("env.json: cannot be read", self.refused("report", run, code=1))
        self.assertEqual((run / "report.html").read_text(), "old")


if __name__ == "__main__":
    unittest.main()
