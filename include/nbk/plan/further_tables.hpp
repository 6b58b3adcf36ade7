// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/panel_lists.hpp"
#include "nbk/plan/tables.hpp"

#include <cstddef>
#include <vector>

namespace nbk::plan {

/// The Tables of all panels for a kernel that adds its photons to those of the crystal's kernel, such as that of
/// materials.
template <class PrecisionT>
class FurtherTables {
 public:
  /// Tables of a panel; there are none where the kernel has nothing to do.
  const Tables<PrecisionT>& tables(std::size_t panel) const { return m_tables[panel]; }
  /// The listed pixels. \param lists  of the crystal's kernel
  PanelLists<PrecisionT> lists(PanelLists<PrecisionT> lists) const {
    lists.panels = m_tables.data();
    return lists;
  }

 protected:
  /// Leaves no tables.
  void clear() { m_tables.clear(); }
  /// Adds a panel's tables without what only the crystal's kernel adds: the flat background, and its rows as lines.
  void add(Tables<PrecisionT> t) {
    t.background = typename PrecisionT::Accumulate(0);
    t.background_present = false;
    t.rows_as_lines = false;
    m_tables.push_back(t);
  }

 private:
  std::vector<Tables<PrecisionT>> m_tables;
};

}  // namespace nbk::plan
