// SPDX-License-Identifier: MIT
#include "bench/measure/statistics.hpp"
#include "bench/reading/history.hpp"
#include "bench/system/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nbk::bench::reading {
namespace {

// Places in a panel, pixels.
constexpr double width = 900, left = 110, right = 24;
constexpr double title_height = 44, time_height = 130, gap = 30, parity_height = 80, label_height = 84;
constexpr double panel_height = title_height + time_height + gap + parity_height + label_height;

constexpr double best_exponent = -16;  // of 1 - correlation: no difference at all is drawn here

struct Point {
  double x = 0, time_s = 0, spread_s = 0;
  std::optional<double> parity_exponent;
  const RunRecord* record = nullptr;
};

std::vector<Point> points_of(const Series& series) {
  std::vector<Point> points;
  const auto count = static_cast<double>(series.records.size());
  for (std::size_t i = 0; i < series.records.size(); ++i) {
    const auto& record = *series.records[i];
    const auto raw = record.seconds.find("simulation_s");
    if (raw == record.seconds.end()) continue;
    Point point;
    point.x = left + (width - left - right) * (static_cast<double>(i) + 0.5) / count;
    point.time_s = measure::median(raw->second);
    point.spread_s = measure::median_absolute_deviation(raw->second);
    if (record.correlation) {
      point.parity_exponent = std::max(best_exponent, std::log10(std::max(1 - *record.correlation, 1e-300)));
    }
    point.record = &record;
    points.push_back(point);
  }
  return points;
}

std::string commit_of(const RunRecord& record) {
  return record.commit.empty() ? "unknown" : record.commit.substr(0, 8) + (record.changed ? "+" : "");
}

// \param value  in words
std::string dot(double x, double y, const RunRecord& record, const std::string& value) {
  return system::svg::dot(
      x, y, record.passed ? "good" : "bad",
      fmt::format("{}{}, commit {}, {}", value, record.passed ? "" : ", FAILED", commit_of(record), record.started));
}

std::string tick(double y, const std::string& label, bool axis) {
  return system::svg::line(left, y, width - right, y, axis ? "axis" : "grid") + system::svg::text(left - 8, y + 4, "end", label);
}

// 1, 2 or 5 times a power of ten, so that about three of them fit.
double step_for(double most) {
  const double power = std::pow(10, std::floor(std::log10(most / 3)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (most / (factor * power) <= 4) return factor * power;
  }
  return 10 * power;
}

std::string time_part(const std::vector<Point>& points, double top) {
  double most = 0;
  for (const auto& p : points) most = std::max(most, 1.1 * (p.time_s + p.spread_s));
  if (most <= 0) most = 1;
  const auto y_of = [&](double time_s) { return top + time_height * (1 - time_s / most); };
  std::string all;
  const double step = step_for(most);
  for (int i = 0; i * step <= most; ++i) all += tick(y_of(i * step), fmt::format("{:.4g} ms", 1e3 * i * step), i == 0);
  for (std::size_t i = 1; i < points.size(); ++i) {
    all += system::svg::line(points[i - 1].x, y_of(points[i - 1].time_s), points[i].x, y_of(points[i].time_s), "trend");
  }
  for (const auto& p : points) {
    all += system::svg::line(p.x, y_of(p.time_s - p.spread_s), p.x, y_of(p.time_s + p.spread_s), "spread") +
           dot(p.x, y_of(p.time_s), *p.record, fmt::format("{:.4g} ms", 1e3 * p.time_s));
  }
  return all;
}

std::string parity_part(const std::vector<Point>& points, double top) {
  const auto y_of = [&](double exponent) { return top + parity_height * exponent / best_exponent; };
  std::string all = system::svg::text(left, top - 8, "start", "1 - correlation with the reference: lower is closer");
  for (const double exponent : {0.0, -4.0, -8.0, -12.0}) {
    all += tick(y_of(exponent), exponent == 0 ? "1" : fmt::format("1e{:.0f}", exponent), false);
  }
  all += tick(y_of(best_exponent), "equal", true);
  for (const auto& p : points) {
    if (!p.parity_exponent) continue;
    all += dot(p.x, y_of(*p.parity_exponent), *p.record, fmt::format("1 - {:.3g}", std::pow(10, *p.parity_exponent)));
  }
  return all;
}

// As many commits as can be read; one that stays is named once.
std::string labels(const std::vector<Point>& points, double top) {
  constexpr double room = 17;
  std::string all, last;
  double free_from = 0;
  for (const auto& p : points) {
    const auto commit = commit_of(*p.record);
    if (p.x < free_from || commit == last) continue;
    all += system::svg::text(p.x + 4, top, "end", commit,
                     fmt::format(R"svg(transform="rotate(-60 {:.1f} {:.1f})")svg", p.x + 4, top));
    free_from = p.x + room;
    last = commit;
  }
  return all;
}

}  // namespace

std::string history_svg(const std::vector<Series>& all) {
  const double height = panel_height * static_cast<double>(std::max<std::size_t>(all.size(), 1));
  std::string content;
  if (all.empty()) content = system::svg::text(left, 30, "start", "no runs");
  double top = 0;
  for (const auto& series : all) {
    const auto points = points_of(series);
    const double time_top = top + title_height, parity_top = time_top + time_height + gap;
    content +=
        system::svg::text(left, top + 18, "start", fmt::format("{}; machine {}", series.workload, series.fingerprint),
                  "class=\"title\"") +
        system::svg::text(left, top + 36, "start", "simulation, warm: median, bar: median absolute deviation; red: failed") +
        time_part(points, time_top) + parity_part(points, parity_top) + labels(points, parity_top + parity_height + 14);
    top += panel_height;
  }
  return system::svg::picture(width, height, content);
}

}  // namespace nbk::bench::reading
