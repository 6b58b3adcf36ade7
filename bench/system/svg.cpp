// SPDX-License-Identifier: MIT
#include "bench/system/svg.hpp"

#include <fmt/format.h>

namespace nbk::bench::system {

std::string html_text(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      default: html += c;
    }
  }
  return html;
}

namespace svg {

std::string text(double x, double y, std::string_view anchor, std::string_view words, std::string_view more) {
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" {}>{}</text>)"
                     "\n",
                     x, y, anchor, more, html_text(words));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view css_class) {
  return fmt::format(R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="{}"/>)"
                     "\n",
                     x1, y1, x2, y2, css_class);
}

std::string dot(double x, double y, std::string_view css_class, std::string_view title) {
  return fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="3.5" class="{}"><title>{}</title></circle>)"
                     "\n",
                     x, y, css_class, html_text(title));
}

std::string picture(double width, double height, std::string_view content) {
  // The size as a viewBox alone would fill the page; with both, a page may still make it narrower.
  return fmt::format(
             R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}">)"
             "\n<style>text{{font:12px sans-serif;fill:#222}}.title{{font-weight:bold}}.axis{{stroke:#888}}"
             ".grid{{stroke:#ddd}}.spread{{stroke:#36c;stroke-width:1.5}}.trend{{stroke:#36c;stroke-opacity:.35}}"
             ".even{{stroke:#999;stroke-dasharray:5 4}}.good{{fill:#36c}}.bad{{fill:#c22}}</style>\n"
             "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
             width, height) +
         std::string(content) + "</svg>\n";
}

}  // namespace svg
}  // namespace nbk::bench::system
