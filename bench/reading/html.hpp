// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace nbk::bench {

/// Text for HTML, SVG and quoted attributes.
std::string html_text(std::string_view text);

/// Bytes in base 64, for a data: address.
std::string base64(std::string_view bytes);

/// A heading, paragraphs, lists and tables in the Markdown that this program writes, as HTML.
std::string html_from_markdown(std::string_view markdown);

}  // namespace nbk::bench
