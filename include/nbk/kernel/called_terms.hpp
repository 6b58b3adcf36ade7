// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/line_block.hpp"
#include "nbk/kernel/source_terms.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// SourceTerms of any scatterer, called: a PixelBlock that has these is compiled once for all scatterers. For hosts,
/// whose block of packs makes up for a call. (Pointers, no virtual functions, which nvcc would compile for devices.)
template <class Running, class Types, class PrecisionT>
class CalledTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Group = SourceGroup<scalar_t<Geometry>>;

  /// \param tables  what the terms are computed from; the argument `tables` below may be a copy that stays in registers
  template <class TermsT>
  CalledTerms(const Tables<PrecisionT>& tables, TermsT& terms)
      : m_tables(tables),
        m_terms(&terms),
        m_place(place_in<TermsT>),
        m_place_anywhere(place_anywhere_in<TermsT>),
        m_add(add_to<TermsT>) {}

  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>&, int fast, int slow, const Subpixel& sub) {
    m_place(m_terms, m_tables, fast, slow, sub);
  }
  void place_anywhere(const Tables<PrecisionT>&, int packs, const Vec3<Geometry>* directions, bool in_rows) {
    m_place_anywhere(m_terms, m_tables, packs, directions, in_rows);
  }
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>&, const Group& group,
                                       const ScatteringVectors<Geometry>& vectors, Running* running) {
    m_add(m_terms, m_tables, group, vectors, running);
  }

 private:
  template <class TermsT>
  static void place_in(void* terms, const Tables<PrecisionT>& tables, int fast, int slow, const Subpixel& sub) {
    static_cast<TermsT*>(terms)->place(tables, fast, slow, sub);
  }
  template <class TermsT>
  static void place_anywhere_in(void* terms, const Tables<PrecisionT>& tables, int packs,
                                const Vec3<Geometry>* directions, bool in_rows) {
    static_cast<TermsT*>(terms)->place_anywhere(tables, packs, directions, in_rows);
  }
  template <class TermsT>
  static void add_to(void* terms, const Tables<PrecisionT>& tables, const Group& group,
                     const ScatteringVectors<Geometry>& vectors, Running* running) {
    const Tables<PrecisionT> own = tables;  // which no store can change
    static_cast<TermsT*>(terms)->add(own, group, vectors, running);
  }

  const Tables<PrecisionT>& m_tables;
  void* m_terms;
  void (*m_place)(void*, const Tables<PrecisionT>&, int, int, const Subpixel&);
  void (*m_place_anywhere)(void*, const Tables<PrecisionT>&, int, const Vec3<Geometry>*, bool);
  void (*m_add)(void*, const Tables<PrecisionT>&, const Group&, const ScatteringVectors<Geometry>&, Running*);
};

/// The same for LineTerms.
template <class Running, class Types, class PrecisionT>
class CalledLineTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Sample = LineSample<scalar_t<Geometry>>;

  /// Arguments: those of CalledTerms.
  template <class TermsT>
  CalledLineTerms(const Tables<PrecisionT>& tables, TermsT& terms)
      : m_tables(tables), m_terms(&terms), m_add(add_to<TermsT>) {}

  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>&, const Sample& sample,
                                       const LinePlaces<Geometry>& places, Running* running) {
    m_add(m_terms, m_tables, sample, places, running);
  }

 private:
  template <class TermsT>
  static void add_to(void* terms, const Tables<PrecisionT>& tables, const Sample& sample,
                     const LinePlaces<Geometry>& places, Running* running) {
    const Tables<PrecisionT> own = tables;
    static_cast<TermsT*>(terms)->add(own, sample, places, running);
  }

  const Tables<PrecisionT>& m_tables;
  void* m_terms;
  void (*m_add)(void*, const Tables<PrecisionT>&, const Sample&, const LinePlaces<Geometry>&, Running*);
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
