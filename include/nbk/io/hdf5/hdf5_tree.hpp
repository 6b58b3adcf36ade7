// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/io/file.hpp"

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Groups, datasets and attributes of HDF5 files. Who includes this links HDF5 1.10.5 or newer.

namespace nbk::io {

/// Owner of an identifier of the HDF5 library.
class Hdf5Id {
 public:
  Hdf5Id() = default;
  /// \param id     of an open object \param closer  function that closes it
  Hdf5Id(hid_t id, herr_t (*closer)(hid_t)) : m_id(id), m_close(closer) {}
  /// Takes the identifier over.
  Hdf5Id(Hdf5Id&& other) noexcept : m_id(std::exchange(other.m_id, -1)), m_close(other.m_close) {}
  /// Takes the identifier over.
  Hdf5Id& operator=(Hdf5Id&& other) noexcept {
    std::swap(m_id, other.m_id);
    std::swap(m_close, other.m_close);
    return *this;
  }
  ~Hdf5Id() {
    if (m_id >= 0) m_close(m_id);
  }
  /// The identifier; negative: none.
  hid_t get() const { return m_id; }

  /// Closes the object. \return true if that went well
  bool close() { return m_id < 0 || m_close(std::exchange(m_id, -1)) >= 0; }

 private:
  hid_t m_id = -1;
  herr_t (*m_close)(hid_t) = nullptr;
};

/// Keeps the HDF5 library from printing its errors while one lives: they become a FileError.
class QuietHdf5 {
 public:
  QuietHdf5() {
    H5Eget_auto2(H5E_DEFAULT, &m_print, &m_data);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  QuietHdf5(const QuietHdf5&) = delete;
  QuietHdf5& operator=(const QuietHdf5&) = delete;
  ~QuietHdf5() { H5Eset_auto2(H5E_DEFAULT, m_print, m_data); }

 private:
  H5E_auto2_t m_print = nullptr;
  void* m_data = nullptr;
};

namespace detail {

/// Returns the library's name of a number type in memory.
template <class T>
hid_t hdf5_type() {
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<T, std::uint16_t>) return H5T_NATIVE_UINT16;
  if constexpr (std::is_same_v<T, std::uint32_t>) return H5T_NATIVE_UINT32;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
}

}  // namespace detail

/// Numbers or text of an object, by whose means it is described.
class Hdf5Object {
 public:
  /// \param file  its name for messages; must outlive the object \throws FileError  there is no such object
  Hdf5Object(Hdf5Id id, const std::filesystem::path& file) : m_id(std::move(id)), m_file(&file) {
    if (m_id.get() < 0) io::fail(file, "cannot be written as HDF5");
  }
  /// Identifier of the library.
  hid_t id() const { return m_id.get(); }
  /// The name of the file.
  const std::filesystem::path& file() const { return *m_file; }

  /// Adds an attribute. \throws FileError
  const Hdf5Object& attribute(const char* name, std::string_view text) const {
    const Hdf5Id type = text_type(text);
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    return write_attribute(name, type.get(), space.get(), std::string(text).c_str());
  }
  /// Adds three numbers. \throws FileError
  const Hdf5Object& attribute(const char* name, const Vec3d& v) const {
    const double numbers[3]{v.x, v.y, v.z};
    const hsize_t three = 3;
    const Hdf5Id space(H5Screate_simple(1, &three, nullptr), H5Sclose);
    return write_attribute(name, H5T_NATIVE_DOUBLE, space.get(), static_cast<const void*>(numbers));
  }

 protected:
  /// Makes the type of a text of this length.
  static Hdf5Id text_type(std::string_view text) {
    Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), text.size() + 1);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    return type;
  }
  /// \throws FileError if not `good`
  void require(bool good) const {
    if (!good) io::fail(*m_file, "cannot be written as HDF5");
  }

 private:
  const Hdf5Object& write_attribute(const char* name, hid_t type, hid_t space, const void* value) const {
    const Hdf5Id attribute(H5Acreate2(id(), name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    require(attribute.get() >= 0 && H5Awrite(attribute.get(), type, value) >= 0);
    return *this;
  }

  Hdf5Id m_id;
  const std::filesystem::path* m_file;
};

/// A group, to which further objects are added.
class Hdf5Group : public Hdf5Object {
 public:
  using Hdf5Object::Hdf5Object;  ///< of an open group

  /// Adds a group of a class of NeXus. \throws FileError
  Hdf5Group group(const std::string& name, std::string_view nexus_class) const {
    Hdf5Group made(Hdf5Id(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose), file());
    made.attribute("NX_class", nexus_class);
    return made;
  }
  /// Adds a text. \throws FileError
  Hdf5Object text(const char* name, std::string_view value) const {
    const Hdf5Id type = text_type(value);
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    return write(name, type.get(), space.get(), std::string(value).c_str());
  }
  /// Adds one number. \throws FileError
  template <class T>
  Hdf5Object number(const char* name, T value) const {
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    return write(name, detail::hdf5_type<T>(), space.get(), &value);
  }
  /// Adds an array of numbers. \param extents  slowest first \throws FileError
  template <class T>
  Hdf5Object array(const char* name, std::span<const T> values, std::initializer_list<hsize_t> extents) const {
    const Hdf5Id space(H5Screate_simple(static_cast<int>(extents.size()), extents.begin(), nullptr), H5Sclose);
    return write(name, detail::hdf5_type<T>(), space.get(), values.data());
  }
  /// Adds an array whose place in the file is taken and not written, so that it reads as zeros.
  /// \throws FileError
  Hdf5Object place(const char* name, hid_t type, std::initializer_list<hsize_t> extents) const {
    const Hdf5Id space(H5Screate_simple(static_cast<int>(extents.size()), extents.begin(), nullptr), H5Sclose);
    const Hdf5Id options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    require(H5Pset_alloc_time(options.get(), H5D_ALLOC_TIME_EARLY) >= 0);
    require(H5Pset_fill_time(options.get(), H5D_FILL_TIME_NEVER) >= 0);
    return {dataset(name, type, space.get(), options.get()), file()};
  }
  /// Adds an array of compressed chunks, the first extent of each of which is 1. \throws FileError
  Hdf5Object chunked(const char* name, hid_t type, std::initializer_list<hsize_t> extents, unsigned level) const {
    std::vector<hsize_t> chunk(extents);
    chunk.front() = 1;
    const auto rank = static_cast<int>(extents.size());
    const Hdf5Id space(H5Screate_simple(rank, extents.begin(), nullptr), H5Sclose);
    const Hdf5Id options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    require(H5Pset_chunk(options.get(), rank, chunk.data()) >= 0 && H5Pset_shuffle(options.get()) >= 0 &&
            H5Pset_deflate(options.get(), level) >= 0);
    return {dataset(name, type, space.get(), options.get()), file()};
  }

 private:
  Hdf5Id dataset(const char* name, hid_t type, hid_t space, hid_t options) const {
    H5Pset_obj_track_times(options, false);
    return {H5Dcreate2(id(), name, type, space, H5P_DEFAULT, options, H5P_DEFAULT), H5Dclose};
  }
  Hdf5Object write(const char* name, hid_t type, hid_t space, const void* values) const {
    const Hdf5Id options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    Hdf5Object made(dataset(name, type, space, options.get()), file());
    require(H5Dwrite(made.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    return made;
  }
};

}  // namespace nbk::io
