// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/hdf5/hdf5_tree.hpp"
#include "nbk/io/hdf5/nxmx_tree.hpp"
#include "nbk/io/hdf5/shuffled_gzip.hpp"
#include "nbk/io/nxmx_description.hpp"
#include "nbk/io/random_access_file.hpp"
#include "nbk/io/record_journal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

/// \file
/// An NXmx file that grows image by image, and that a killed run leaves whole.

namespace nbk::io {

/// An NXmx file in the making. It has the name FILE.part and gets its own when all images are there: until then there
/// is no FILE, or an earlier one.
///
/// Without compression FILE.part is an HDF5 file from the beginning, whose structure never changes: images are written
/// to their places. With compression it is a journal of compressed images, of which the file is made at the end. Either
/// way a run that is killed loses at most the image that it was writing, and the next run goes on with all others.
class NxmxFile {
 public:
  /// Looks at what is there.
  /// \throws FileError  it is no regular file
  NxmxFile(std::filesystem::path file, NxmxDescription description)
      : m_shown(std::move(file)),
        m_target(detail::led_to(m_shown)),
        m_part(m_target.string() + ".part"),
        m_description(std::move(description)),
        m_fingerprint(fingerprint_of(m_description)),
        m_done(m_description.images) {
    std::error_code ignored;
    const auto status = std::filesystem::status(m_target, ignored);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
      fail(m_shown, "is no regular file, as an NXmx file has to be");
    }
    if (const auto finished = places_in(m_target)) m_finished = finished->done;
  }

  /// Begins FILE.part, or goes on with one of the same description.
  /// \throws FileError  it cannot be written, or another run is writing it
  void begin() {
    if (m_description.compression > 0) {
      m_journal = std::make_unique<RecordJournal>(m_part, m_fingerprint);
      for (std::size_t i = 0; i < m_done.size(); ++i) m_done[i] = m_journal->fingerprint(i);
      return;
    }
    std::optional<Places> places = places_in(m_part);
    if (!places) {
      make_part();
      places = places_in(m_part);
      if (!places) fail(m_part, "cannot be read back as HDF5");
    }
    m_places = *places;
    m_done = m_places.done;
    m_file = RandomAccessFile(m_part);
    m_file.take_room();
  }

  /// Returns true if FILE has all of these images already.
  bool is_finished(std::span<const std::uint64_t> fingerprints) const {
    return std::ranges::equal(m_finished, fingerprints);
  }

  /// Returns true if an image is there. \param fingerprint  of what it is made from
  bool has(std::size_t image, std::uint64_t fingerprint) const { return m_done[image] == fingerprint; }

  /// Writes an image. Several threads may write different images.
  /// \param fingerprint  of what it is made from, not 0 \param pixels  [slow][fast] of the slab, of the kind described
  /// \throws FileError; InvalidInput for another number of bytes
  void write(std::size_t image, std::uint64_t fingerprint, std::span<const std::byte> pixels) {
    require(pixels.size() == m_description.image_bytes(), "bytes of the image", pixels.size(),
            "must be " + std::to_string(m_description.image_bytes()));
    if (m_journal) {
      m_journal->add(image, fingerprint,
                     shuffled_gzip(pixels, bytes_of(m_description.pixels), m_description.compression));
      return;
    }
    begin_image(image);
    write_part(image, 0, pixels);
    end_image(image, fingerprint);
  }

  /// Returns true if an image may be written in parts: there is no compression.
  bool takes_parts() const { return !m_journal; }

  /// Begins an image that is written in parts. \throws FileError
  void begin_image(std::size_t image) const {
    if (m_done[image] != 0) mark(image, 0);  // another image is there: a kill must not leave a mixture as that one
  }
  /// Writes some bytes of an image. Several threads may write different ones.
  /// \param first_byte  of the image \throws FileError
  void write_part(std::size_t image, std::size_t first_byte, std::span<const std::byte> bytes) const {
    m_file.write(m_places.data + image * m_description.image_bytes() + first_byte, bytes);
  }
  /// Says that all bytes of an image are there.
  /// \param fingerprint  of what it is made from, not 0 \throws FileError
  void end_image(std::size_t image, std::uint64_t fingerprint) const { mark(image, fingerprint); }

  /// Gives the file its name, when all images are there. \throws FileError
  void commit() {
    if (m_journal) assemble();
    std::error_code error;
    if (m_journal) {
      std::filesystem::remove(m_part, error);
    } else {
      std::filesystem::rename(m_part, m_target, error);
    }
    if (error) fail(m_shown, "cannot be written", error.value());
  }

 private:
  /// Places in a file, and its marks.
  struct Places {
    std::uint64_t data = 0, mark = 0;
    std::vector<std::uint64_t> done;
  };

  void mark(std::size_t image, std::uint64_t fingerprint) const {
    m_file.write(m_places.mark + image * sizeof fingerprint, std::as_bytes(std::span(&fingerprint, 1)));
  }

  /// Returns where the images of a file are, if it has this description.
  std::optional<Places> places_in(const std::filesystem::path& file) const {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return std::nullopt;
    const QuietHdf5 quiet;
    const Hdf5Id opened(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (opened.get() < 0) return std::nullopt;
    std::uint64_t fingerprint = 0;
    Places places{0, 0, std::vector<std::uint64_t>(m_description.images)};
    const Hdf5Id own(H5Dopen2(opened.get(), "/entry/nbk/fingerprint", H5P_DEFAULT), H5Dclose);
    if (own.get() < 0 || !read_all(own, {&fingerprint, 1}) || fingerprint != m_fingerprint) return std::nullopt;
    const Hdf5Id data(H5Dopen2(opened.get(), nxmx_data_path, H5P_DEFAULT), H5Dclose);
    const Hdf5Id done(H5Dopen2(opened.get(), nxmx_done_path, H5P_DEFAULT), H5Dclose);
    if (data.get() < 0 || done.get() < 0 || !read_all(done, places.done)) return std::nullopt;
    places.data = H5Dget_offset(data.get());
    places.mark = H5Dget_offset(done.get());
    return places;
  }

  static bool read_all(const Hdf5Id& set, std::span<std::uint64_t> numbers) {
    const Hdf5Id space(H5Dget_space(set.get()), H5Sclose);
    return H5Sget_simple_extent_npoints(space.get()) == static_cast<hssize_t>(numbers.size()) &&
           H5Dread(set.get(), H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0;
  }

  /// Makes an HDF5 file of this description. \param fill  called with the open file
  template <class Fill>
  void make_hdf5(const std::filesystem::path& file, const Fill& fill) const {
    const QuietHdf5 quiet;
    Hdf5Id opened(H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
    if (opened.get() < 0) fail(m_shown, "cannot be written", errno);
    {
      const Hdf5Group root(Hdf5Id(H5Gopen2(opened.get(), "/", H5P_DEFAULT), H5Gclose), m_shown);
      write_nxmx_tree(root, m_description);
    }
    fill(opened.get());
    if (!opened.close()) fail(m_shown, "cannot be written as HDF5");
  }

  /// Makes a file under a name of its own, and gives it another when it is whole.
  template <class Fill>
  void make_whole(const std::filesystem::path& name, const Fill& fill) const {
    const std::filesystem::path making =
        m_target.parent_path() / (".nbk.part-" + std::to_string(m_fingerprint) + m_target.filename().string());
    try {
      make_hdf5(making, fill);
      std::filesystem::rename(making, name);
    } catch (const std::filesystem::filesystem_error& error) {
      fail(m_shown, "cannot be written", error.code().value());
    } catch (...) {
      std::error_code ignored;
      std::filesystem::remove(making, ignored);
      throw;
    }
  }

  void make_part() const {
    make_whole(m_part, [](hid_t) {});
  }

  /// Makes the file of the journal.
  void assemble() const {
    make_whole(m_target, [this](hid_t file) {
      const Hdf5Id data(H5Dopen2(file, nxmx_data_path, H5P_DEFAULT), H5Dclose);
      std::vector<std::uint64_t> done;
      for (std::size_t i = 0; i < m_description.images; ++i) {
        const std::vector<std::byte> bytes = m_journal->bytes(i);
        const hsize_t place[3]{i, 0, 0};
        if (H5Dwrite_chunk(data.get(), H5P_DEFAULT, 0, place, bytes.size(), bytes.data()) < 0) {
          fail(m_shown, "cannot be written as HDF5");
        }
        done.push_back(m_journal->fingerprint(i));
      }
      const Hdf5Id marks(H5Dopen2(file, nxmx_done_path, H5P_DEFAULT), H5Dclose);
      if (H5Dwrite(marks.get(), H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, done.data()) < 0) {
        fail(m_shown, "cannot be written as HDF5");
      }
    });
  }

  std::filesystem::path m_shown, m_target, m_part;
  NxmxDescription m_description;
  std::uint64_t m_fingerprint = 0;
  std::vector<std::uint64_t> m_done, m_finished;
  Places m_places;
  RandomAccessFile m_file;
  std::unique_ptr<RecordJournal> m_journal;
};

}  // namespace nbk::io
