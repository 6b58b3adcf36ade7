// SPDX-License-Identifier: MIT
#include "bench/jobs/scaling_record.hpp"
#include "bench/system/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

constexpr double width = 720, left = 80, right = 20, top = 34, time_height = 300, gap = 56, each_height = 130,
                 bottom = 44;

// A range of whole decades, laid out from one place to another.
struct Decades {
  int first = 0, last = 1;  // exponents of 10
  double from = 0, to = 1;
  double place(double value) const { return from + (std::log10(value) - first) / (last - first) * (to - from); }
};

Decades decades(double least, double most, double from, double to) {
  const auto first = static_cast<int>(std::floor(std::log10(least) + 0.02));
  const auto last = static_cast<int>(std::ceil(std::log10(most) - 0.03));
  return {first, std::max(last, first + 1), from, to};
}

std::string power(int exponent) { return fmt::format("10^{}", exponent); }

std::string time_name(int exponent) {
  static constexpr const char* names[]{"1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s"};
  const int index = exponent + 6;
  return index >= 0 && index < 9 ? names[index] : power(exponent) + " s";
}

struct Point {
  double evaluations, time_s, ns_each;
  std::string title;
};

std::string time_panel(const std::vector<Point>& points, const Decades& x) {
  const auto y = decades(points.front().time_s, points.back().time_s, top + time_height, top);
  auto svg = system::svg::text(left, top - 14, "start", "time of the simulation; dashed: as evaluations", "class=\"title\"");
  for (int e = y.first; e <= y.last; ++e) {
    const double at = y.place(std::pow(10, e));
    svg += system::svg::line(left, at, width - right, at, "grid") + system::svg::text(left - 8, at + 4, "end", time_name(e));
  }
  // The slope of 1 through the last point, which is measured best.
  const auto& last = points.back();
  const double first_x = points.front().evaluations;
  const double even_s = last.time_s * first_x / last.evaluations;
  const double lowest_s = std::pow(10, y.first);
  const double clip_s = std::max(even_s, lowest_s), clip_x = last.evaluations * clip_s / last.time_s;
  svg += system::svg::line(x.place(clip_x), y.place(clip_s), x.place(last.evaluations), y.place(last.time_s), "even");
  for (const auto& p : points) svg += system::svg::dot(x.place(p.evaluations), y.place(p.time_s), "good", p.title);
  return svg;
}

std::string each_panel(const std::vector<Point>& points, const Decades& x) {
  const double from = top + time_height + gap, to = from + each_height;
  double most = 0;
  for (const auto& p : points) most = std::max(most, 1.15 * p.ns_each);
  const auto y = [&](double ns) { return to - each_height * ns / most; };
  auto svg = system::svg::text(left, from - 14, "start", "nanoseconds per evaluation", "class=\"title\"") +
             system::svg::text(left - 8, to + 4, "end", "0");
  svg += system::svg::line(left, y(points.back().ns_each), width - right, y(points.back().ns_each), "even");
  for (const auto& p : points) {
    svg += system::svg::dot(x.place(p.evaluations), y(p.ns_each), "good", p.title) +
           system::svg::text(x.place(p.evaluations), y(p.ns_each) - 9, "middle", fmt::format("{:.3g}", p.ns_each));
  }
  return svg;
}

std::string bottom_axis(const Decades& x) {
  const double low = top + time_height + gap + each_height;
  std::string svg;
  for (const double base : {top + time_height, low}) svg += system::svg::line(left, base, width - right, base, "axis");
  for (int e = x.first; e <= x.last; ++e) {
    const double at = x.place(std::pow(10, e));
    svg += system::svg::line(at, top, at, top + time_height, "grid") + system::svg::line(at, low - each_height, at, low, "grid") +
           system::svg::text(at, low + 16, "middle", power(e));
  }
  return svg + system::svg::text((left + width - right) / 2, low + 36, "middle", "evaluations");
}

}  // namespace

std::string scaling_svg(const Json& line) {
  std::vector<Point> points;
  for (const auto& p : line["points"]) {
    Point point{p["evaluations"], p["time_s"]["median"], p["ns_per_evaluation"], ""};
    point.title = fmt::format("{:.3g} evaluations, {:.4g} ms", point.evaluations, 1e3 * point.time_s);
    points.push_back(std::move(point));
  }
  const double height = top + time_height + gap + each_height + bottom;
  if (points.empty()) return system::svg::picture(width, height, system::svg::text(left, top, "start", "no points"));
  const auto x = decades(points.front().evaluations, points.back().evaluations, left + 14, width - right - 14);
  return system::svg::picture(width, height, bottom_axis(x) + time_panel(points, x) + each_panel(points, x));
}

}  // namespace nbk::bench::jobs
