// SPDX-License-Identifier: MIT
#include "src/history.hpp"
#include "src/html.hpp"
#include "src/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nbk::bench {
namespace {

// Places in a panel, pixels.
constexpr double width = 900, left = 90, right = 20;
constexpr double title_height = 24, time_height = 120, parity_height = 70, gap = 14, label_height = 70;
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
    point.time_s = median(raw->second);
    point.spread_s = median_absolute_deviation(raw->second);
    if (record.correlation) {
      point.parity_exponent = std::max(best_exponent, std::log10(std::max(1 - *record.correlation, 1e-300)));
    }
    point.record = &record;
    points.push_back(point);
  }
  return points;
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text, std::string_view more = "") {
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" {}>{}</text>)"
                     "\n",
                     x, y, anchor, more, html_text(text));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view css_class) {
  return fmt::format(R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="{}"/>)"
                     "\n",
                     x1, y1, x2, y2, css_class);
}

std::string frame(double top, double height) {
  return line(left, top, left, top + height, "axis") + line(left, top + height, width - right, top + height, "axis");
}

std::string dot(double x, double y, const RunRecord& record) {
  return fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="3" class="{}"><title>{} {}</title></circle>)"
                     "\n",
                     x, y, record.passed ? "good" : "bad", html_text(record.commit.substr(0, 10)),
                     html_text(record.started));
}

std::string time_part(const std::vector<Point>& points, double top) {
  double most = 0;
  for (const auto& p : points) most = std::max(most, p.time_s + p.spread_s);
  if (most <= 0) most = 1;
  const auto y_of = [&](double time_s) { return top + time_height * (1 - time_s / (1.05 * most)); };
  auto svg = frame(top, time_height) + text_at(left - 6, y_of(most) + 4, "end", fmt::format("{:.3g} ms", 1e3 * most)) +
             text_at(left - 6, top + time_height, "end", "0");
  for (const auto& p : points) {
    svg += line(p.x, y_of(p.time_s - p.spread_s), p.x, y_of(p.time_s + p.spread_s), "spread") +
           dot(p.x, y_of(p.time_s), *p.record);
  }
  return svg;
}

std::string parity_part(const std::vector<Point>& points, double top) {
  const auto y_of = [&](double exponent) { return top + parity_height * exponent / best_exponent; };
  auto svg = frame(top, parity_height) + text_at(left - 6, top + 10, "end", "1 - corr. = 1") +
             text_at(left - 6, top + parity_height, "end", "1e-16 or 0");
  for (const auto& p : points) {
    if (p.parity_exponent) svg += dot(p.x, y_of(*p.parity_exponent), *p.record);
  }
  return svg;
}

// As many commits as can be read.
std::string labels(const std::vector<Point>& points, double top) {
  const std::size_t step = points.size() / 45 + 1;
  std::string svg;
  for (std::size_t i = 0; i < points.size(); i += step) {
    svg += text_at(points[i].x, top, "end", points[i].record->commit.substr(0, 8),
                   fmt::format(R"svg(transform="rotate(-60 {:.1f} {:.1f})")svg", points[i].x, top));
  }
  return svg;
}

}  // namespace

std::string history_svg(const std::vector<Series>& all) {
  const double height = panel_height * static_cast<double>(std::max<std::size_t>(all.size(), 1));
  auto svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}">)"
      "\n<style>text{{font:11px sans-serif;fill:#222}}.axis{{stroke:#888}}.spread{{stroke:#36c}}.good{{fill:#36c}}"
      ".bad{{fill:#c22}}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      width, height);
  double top = 0;
  for (const auto& series : all) {
    const auto points = points_of(series);
    svg += text_at(left, top + 16, "start", fmt::format("{}, machine {}", series.workload, series.fingerprint));
    const double parity_top = top + title_height + time_height + gap;
    svg += time_part(points, top + title_height) + parity_part(points, parity_top) +
           labels(points, parity_top + parity_height + 12);
    top += panel_height;
  }
  return svg + "</svg>\n";
}

}  // namespace nbk::bench
