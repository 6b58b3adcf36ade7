// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace nbk::bench::system {

/// Text for HTML, SVG and quoted attributes.
std::string html_text(std::string_view text);

namespace svg {

// Pieces of a picture; places in pixels.

/// \param more  further attributes
std::string text(double x, double y, std::string_view anchor, std::string_view words, std::string_view more = "");
std::string line(double x1, double y1, double x2, double y2, std::string_view css_class);
/// \param title  what a browser shows at it
std::string dot(double x, double y, std::string_view css_class, std::string_view title);
/// A whole picture of this size on white. \param content  what the functions above give
std::string picture(double width, double height, std::string_view content);

}  // namespace svg
}  // namespace nbk::bench::system
