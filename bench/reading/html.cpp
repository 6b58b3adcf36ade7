// SPDX-License-Identifier: MIT
#include "bench/reading/html.hpp"

#include <cstdint>
#include <sstream>
#include <vector>

namespace nbk::bench::reading {
namespace {

// `code` and **bold**; what is escaped for a table's cell; <br>, which the inventory's cells have.
std::string inline_html(std::string_view markdown) {
  const auto escaped = system::html_text(markdown);
  std::string html;
  bool code = false, bold = false;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    const std::string_view rest = std::string_view(escaped).substr(i);
    if (rest.starts_with("`")) {
      html += code ? "</code>" : "<code>";
      code = !code;
    } else if (rest.starts_with("**") && !code) {
      html += bold ? "</b>" : "<b>";
      bold = !bold;
      ++i;
    } else if (rest.starts_with("&lt;br&gt;") && !code) {
      html += "<br>";
      i += 9;
    } else if (!rest.starts_with("\\")) {
      html += escaped[i];
    }
  }
  if (code) html += "</code>";
  if (bold) html += "</b>";
  return html;
}

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i] == '|' && row[i - 1] != '\\') {
      cells.emplace_back();
    } else {
      cells.back() += row[i];
    }
  }
  if (cells.size() > 1) cells.pop_back();  // behind the last bar
  return cells;
}

// Writes lines as blocks: what kind of block is open decides what goes around a line.
class Writer {
 public:
  void add(const std::string& line) {
    if (line.starts_with("|---")) return;
    if (line.starts_with("|")) {
      const char* tag = m_open == "table" ? "td" : "th";
      open("table", "<div class=\"wide\"><table>\n");
      m_html += "<tr>";
      for (const auto& cell : cells_of(line))
        m_html += std::string("<") + tag + ">" + inline_html(cell) + "</" + tag + ">";
      m_html += "</tr>\n";
    } else if (line.starts_with("- ")) {
      open("list", "<ul>\n");
      m_html += "<li>" + inline_html(line.substr(2)) + "</li>\n";
    } else if (line.starts_with("# ") || line.starts_with("## ")) {
      close();
      const auto level = line.find(' ') + 1;  // the page has a heading of its own
      const auto tag = "h" + std::to_string(level);
      m_html += "<" + tag + ">" + inline_html(line.substr(level)) + "</" + tag + ">\n";
    } else if (line.empty()) {
      close();
    } else {
      open("text", "<p>");
      m_html += inline_html(line) + "\n";
    }
  }

  std::string take() {
    close();
    return std::move(m_html);
  }

 private:
  void open(const std::string& kind, const char* start) {
    if (m_open == kind) return;
    close();
    m_html += start;
    m_open = kind;
  }
  void close() {
    if (m_open == "table") m_html += "</table></div>\n";
    if (m_open == "list") m_html += "</ul>\n";
    if (m_open == "text") m_html += "</p>\n";
    m_open.clear();
  }

  std::string m_html, m_open;
};

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j <= bytes.size() ? digits[group >> (6 * (3 - j)) & 63U] : '=';
    }
  }
  return text;
}

std::string html_from_markdown(std::string_view markdown) {
  std::istringstream lines{std::string(markdown)};
  Writer writer;
  for (std::string line; std::getline(lines, line);) writer.add(line);
  return writer.take();
}

}  // namespace nbk::bench::reading
