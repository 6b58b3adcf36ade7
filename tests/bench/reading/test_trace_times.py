# SPDX-License-Identifier: MIT
"""Traces read from files, and the time that belongs to each place."""
import unittest

from support import Scratch, trace_line, write_trace
from command import FileError
from trace_times import Kernel, Span, Trace, read_trace, region_times


def row(times, path):
    """Returns the row of a path."""
    return next(each for each in times.rows if each.path == path)


class RegionTimes(unittest.TestCase):
    def test_every_nanosecond_belongs_to_one_row_or_to_none_and_they_add_up(self):
        trace = Trace(wall_ns=100, spans=[
            Span("inner", "region", 30, 20), Span("kernel", "kernel", 35, 10), Span("outer", "region", 10, 60),
            Span("copy", "deep_copy", 80, 10, bytes=64), Span("Kokkos::copying kernel", "kernel", 82, 6)])
        times = region_times(trace)
        self.assertEqual([(each.path, each.own_ns) for each in times.rows],
                         [("outer", 40), ("copy", 10), ("outer > inner", 10), ("outer > inner > kernel", 10)])
        self.assertEqual(row(times, "copy").bytes, 64)
        self.assertEqual(times.unexplained_ns, 30)
        self.assertEqual(times.unexplained_ns + sum(each.own_ns for each in times.rows), 100)

    def test_equal_paths_are_one_row_and_other_threads_do_not_count(self):
        trace = Trace(wall_ns=50, spans=[
            Span("warm", "region", 0, 10), Span("warm", "region", 20, 30), Span("warm", "region", 5, 15, thread=2),
            Span("inside of it", "region", 6, 3, thread=2)])
        times = region_times(trace)
        self.assertEqual(len(times.rows), 1)
        self.assertEqual((times.rows[0].calls, times.rows[0].own_ns), (2, 40))
        self.assertEqual(times.unexplained_ns, 10)
        self.assertEqual(times.other_threads_ns, 15)


class ReadTrace(Scratch):
    def test_kernels_copies_and_regions_with_what_the_trace_tells_of_them(self):
        file = self.folder / "trace.json"
        write_trace(file, [
            trace_line("kernel", "nbk::spots", 2.0005, 3, space="OpenMP", pack_width=16, evaluations=1000,
                       functor="F<1>", pattern="for"),
            trace_line("kernel", "nbk::spots", 6, 1, space="OpenMP", pack_width=1),
            trace_line("deep_copy", "copy", 8, 1, bytes=12),
            trace_line("section", "over all", 0, 50),
            trace_line("region", 'a | "quoted" region', 1, 10),
            '{"ph":"i","name":"last","pid":1,"tid":1,"ts":20}'])
        trace = read_trace(file)
        times = region_times(trace)
        self.assertEqual(trace.events, 7)
        self.assertEqual(trace.wall_ns, 50000)
        # Facts are those of the first launch.
        self.assertEqual(trace.kernels["nbk::spots"], Kernel("OpenMP", "F<1>", "", 16, 1000))
        self.assertEqual(row(times, 'a | "quoted" region > nbk::spots').calls, 2)
        self.assertEqual(row(times, 'a | "quoted" region > nbk::spots').own_ns, 4000)
        self.assertEqual(row(times, 'a | "quoted" region > copy').bytes, 12)
        self.assertEqual(trace.spans[0].start_ns, 2001)

    def test_a_trace_that_breaks_off_or_is_none_is_an_error_that_names_it(self):
        file = self.folder / "trace.json"
        file.write_text('{"traceEvents":[\n{"ph":"M"},\n')
        with self.assertRaisesRegex(FileError, "trace.json: is no complete trace"):
            read_trace(file)
        for line in ('{"ph":"X",,', '{"ph":"X","ts":"soon"},', '{"ph":"X","ts":1,"cat":"kernel"},', '{"ph"'):
            file.write_text(line + "\n]}\n")
            with self.assertRaisesRegex(FileError, "trace.json: line 1 is no event", msg=line):
                read_trace(file)
        file.write_bytes(b"\xff\xfe\n]}\n")
        with self.assertRaisesRegex(FileError, "trace.json"):
            read_trace(file)
        with self.assertRaisesRegex(FileError, "missing: cannot be read"):
            read_trace(self.folder / "missing")


if __name__ == "__main__":
    unittest.main()
