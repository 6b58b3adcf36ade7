// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/svg.hpp"

#include <string>
#include <string_view>

namespace nbk::bench::reading {

/// Bytes in base 64, for a data: address.
std::string base64(std::string_view bytes);

/// A heading, paragraphs, lists and tables in the Markdown that this program writes, as HTML.
std::string html_from_markdown(std::string_view markdown);

}  // namespace nbk::bench::reading
