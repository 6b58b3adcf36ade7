// SPDX-License-Identifier: MIT
// What is left of a journal or a manifest that ends anywhere.
#include "nbk/io/record_journal.hpp"
#include "nbk/io/truth_manifest.hpp"

#include "bench/system/files.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::bench::system::TemporaryFolder;
using nbk::io::RecordJournal;
using nbk::io::TruthManifest;

std::vector<std::byte> bytes_of(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

}  // namespace

TEST_CASE("record journal: whatever its length, all whole records are there and more can be added") {
  const TemporaryFolder folder("nbk-journal");
  const fs::path file = folder.path() / "journal";
  const std::vector<std::string> texts{"first", "", "the third"};
  {
    RecordJournal journal(file, 11);
    for (std::size_t i = 0; i < texts.size(); ++i) journal.add(10 + i, 100 + i, bytes_of(texts[i]));
  }
  const auto size = fs::file_size(file);
  const std::vector<std::uintmax_t> ends{16 + 32 + 5, 16 + 64 + 5, 16 + 96 + 14};
  REQUIRE(size == ends.back());
  const fs::path cut = folder.path() / "cut";
  for (std::uintmax_t length = 0; length <= size; ++length) {
    CAPTURE(length);
    fs::copy_file(file, cut, fs::copy_options::overwrite_existing);
    fs::resize_file(cut, length);
    RecordJournal journal(cut, 11);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const bool whole = length >= ends[i];
      CHECK(journal.fingerprint(10 + i) == (whole ? 100 + i : 0));
      if (whole) CHECK(journal.bytes(10 + i) == bytes_of(texts[i]));
    }
    journal.add(10, 7, bytes_of("again"));
    CHECK(journal.fingerprint(10) == 7);
    CHECK(journal.bytes(10) == bytes_of("again"));
  }
}

TEST_CASE("record journal: a record whose bytes have changed, or of another owner, is none") {
  const TemporaryFolder folder("nbk-journal");
  const fs::path file = folder.path() / "journal";
  { RecordJournal(file, 11).add(1, 2, bytes_of("bytes")); }
  std::string text = read_text(file);
  text.back() ^= 1;
  const nbk::bench::system::TemporaryFolder other("nbk-journal");
  std::FILE* const changed = std::fopen((other.path() / "journal").c_str(), "wb");
  REQUIRE(std::fwrite(text.data(), 1, text.size(), changed) == text.size());
  std::fclose(changed);
  CHECK(RecordJournal(other.path() / "journal", 11).fingerprint(1) == 0);
  CHECK(RecordJournal(file, 11).fingerprint(1) == 2);
  CHECK(RecordJournal(file, 12).fingerprint(1) == 0);
}

TEST_CASE("record journal: two runs cannot write one file") {
  const TemporaryFolder folder("nbk-journal");
  const RecordJournal journal(folder.path() / "journal", 1);
  CHECK_THROWS_WITH_AS(RecordJournal(folder.path() / "journal", 1),
                       doctest::Contains("is being written by another run"), nbk::FileError);
}

TEST_CASE("truth manifest: whatever the length of the part, its whole lines are kept, and the file has an order") {
  const TemporaryFolder folder("nbk-manifest");
  const fs::path whole = folder.path() / "whole", cut = folder.path() / "cut";
  {
    TruthManifest manifest(whole);
    manifest.add(2, 0xabcU, "\"a\": 1");
    manifest.add(0, 5, "\"a\": [\"}\"]");
    manifest.add(1, 6, "\"a\": 2");
  }
  const std::string text = read_text(whole.string() + ".part");
  const std::string first = "{\"slot\": 2, \"fingerprint\": \"0000000000000abc\", \"a\": 1}\n";
  REQUIRE(text.starts_with(first));
  for (std::size_t length = 0; length <= text.size(); ++length) {
    CAPTURE(length);
    fs::remove(cut);
    fs::copy_file(whole.string() + ".part", cut.string() + ".part", fs::copy_options::overwrite_existing);
    fs::resize_file(cut.string() + ".part", length);
    TruthManifest manifest(cut);
    CHECK(manifest.has(2, 0xabcU) == (length >= first.size()));
    CHECK(manifest.has(1, 6) == (length == text.size()));
    manifest.add(2, 0xabcU, "\"a\": 1");
    manifest.add(1, 7, "\"a\": 4");
    manifest.add(1, 6, "\"a\": 2");
    manifest.add(0, 5, "\"a\": [\"}\"]");
    manifest.commit(3);
    const std::string sorted = read_text(cut);
    CHECK(sorted.find("\"slot\": 0") < sorted.find("\"slot\": 1"));
    CHECK(sorted.find("\"a\": 4") == std::string::npos);
    CHECK(sorted.size() == text.size());
    CHECK_FALSE(fs::exists(cut.string() + ".part"));
  }
  // A finished file is known, too.
  CHECK(TruthManifest(cut).has(1, 6));
}
