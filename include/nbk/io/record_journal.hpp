// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/fingerprint.hpp"
#include "nbk/io/random_access_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <vector>

namespace nbk::io {

/// A file of records that only grows, so that a run that is killed leaves all of them but perhaps the last. That one is
/// cut off when the next run opens the file.
class RecordJournal {
 public:
  /// Opens a journal, or begins a new one where the file is no journal of this owner.
  /// \param owner  fingerprint of what the records belong to
  /// \throws FileError
  RecordJournal(const std::filesystem::path& file, std::uint64_t owner) : m_file(file) {
    const Head head{magic, owner};
    Head found;
    if (!m_file.read(0, std::as_writable_bytes(std::span(&found, 1))) || found.magic != magic || found.owner != owner) {
      m_file.resize(0);
      m_file.write(0, std::as_bytes(std::span(&head, 1)));
    }
    m_end = sizeof(Head);
    while (adopt()) {}
    m_file.resize(m_end);
  }

  /// Returns the fingerprint of a record, 0: there is none.
  std::uint64_t fingerprint(std::uint64_t number) const {
    const auto record = m_records.find(number);
    return record == m_records.end() ? 0 : record->second.fingerprint;
  }

  /// Adds a record, in place of an earlier one of this number. Several threads may add.
  /// \throws FileError
  void add(std::uint64_t number, std::uint64_t fingerprint, std::span<const std::byte> bytes) {
    const Record record{number, fingerprint, bytes.size(), Fingerprint().add(bytes).value()};
    const std::lock_guard lock(m_mutex);
    m_file.write(m_end, std::as_bytes(std::span(&record, 1)));
    m_file.write(m_end + sizeof(Record), bytes);
    m_records[number] = {fingerprint, m_end + sizeof(Record), bytes.size()};
    m_end += sizeof(Record) + bytes.size();
  }

  /// Returns the bytes of a record. \throws FileError
  std::vector<std::byte> bytes(std::uint64_t number) const {
    const auto record = m_records.find(number);
    if (record == m_records.end()) fail(m_file.file(), "has no record " + std::to_string(number));
    std::vector<std::byte> bytes(record->second.bytes);
    if (!m_file.read(record->second.place, bytes)) fail(m_file.file(), "ends inside a record");
    return bytes;
  }

 private:
  static constexpr std::uint64_t magic = 0x31304c4e524a4b4eU;  // "NKJRNL01"
  struct Head {
    std::uint64_t magic = 0, owner = 0;
  };
  struct Record {
    std::uint64_t number = 0, fingerprint = 0, bytes = 0, checksum = 0;
  };
  struct Place {
    std::uint64_t fingerprint = 0, place = 0, bytes = 0;
  };

  /// Takes the next record of the file. \return false: there is no further whole one
  bool adopt() {
    Record record;
    if (!m_file.read(m_end, std::as_writable_bytes(std::span(&record, 1)))) return false;
    const std::uint64_t place = m_end + sizeof(Record), size = m_file.size();
    if (place > size || record.bytes > size - place) return false;
    std::vector<std::byte> bytes(record.bytes);
    if (!m_file.read(place, bytes) || Fingerprint().add(bytes).value() != record.checksum) return false;
    m_records[record.number] = {record.fingerprint, place, record.bytes};
    m_end = place + record.bytes;
    return true;
  }

  RandomAccessFile m_file;
  std::uint64_t m_end = 0;
  std::map<std::uint64_t, Place> m_records;
  std::mutex m_mutex;
};

}  // namespace nbk::io
