// SPDX-License-Identifier: MIT
#include "bench/reading/html.hpp"

#include <doctest/doctest.h>

using namespace nbk::bench;

TEST_CASE("html: base 64 as RFC 4648 has it") {
  CHECK(reading::base64("").empty());
  CHECK(reading::base64("f") == "Zg==");
  CHECK(reading::base64("fo") == "Zm8=");
  CHECK(reading::base64("foo") == "Zm9v");
  CHECK(reading::base64("foobar") == "Zm9vYmFy");
  CHECK(reading::base64(std::string_view("\xff\x00\xfe", 3)) == "/wD+");
}

TEST_CASE("html: text cannot become markup") {
  CHECK(system::html_text("<a href=\"x\">&") == "&lt;a href=&quot;x&quot;&gt;&amp;");
  CHECK(reading::html_from_markdown("a <script> & `x<1>`\n") ==
        "<p>a &lt;script&gt; &amp; <code>x&lt;1&gt;</code>\n</p>\n");
}

TEST_CASE("html: headings, lists and tables") {
  CHECK(reading::html_from_markdown("# Title\n\n- one\n- **two**\n") ==
        "<h2>Title</h2>\n<ul>\n<li>one</li>\n<li><b>two</b></li>\n</ul>\n");
  const auto table = reading::html_from_markdown("| a | b |\n|---|---|\n| 1 | x\\|y<br>z |\n");
  CHECK(table.find("<tr><th> a </th><th> b </th></tr>") != std::string::npos);
  CHECK(table.find("<tr><td> 1 </td><td> x|y<br>z </td></tr>") != std::string::npos);
  CHECK(table.find("---") == std::string::npos);
}
