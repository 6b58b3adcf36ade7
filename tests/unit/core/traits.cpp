// SPDX-License-Identifier: MIT
// What types may and may not be: most of it is checked by compiling this file.
#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <type_traits>

using namespace nbk;

namespace {

using Exec = Kokkos::DefaultExecutionSpace;

/// What kernels take along is copied to a device byte by byte.
template <class P>
constexpr bool copied_as_bytes =
    std::is_trivially_copyable_v<Tables<P>>&& std::is_trivially_copyable_v<SourceGroup<typename P::Geometry>>&&
        std::is_trivially_copyable_v<Wave<typename P::Geometry>>&&
            std::is_trivially_copyable_v<physics::CellAxes<typename P::Lattice>>&& std::is_trivially_copyable_v<
                kernel::PixelKernel<physics::Bragg<physics::Square, physics::ConstantF>, compat::FirstValue, P>>;

/// A plan owns its tables: moving it is free, copying it would share them with a plan that may be updated.
template <class P>
constexpr bool owns =
    std::is_nothrow_move_constructible_v<Plan<P, Exec>>&& std::is_nothrow_move_assignable_v<Plan<P, Exec>> &&
    !std::is_copy_constructible_v<Plan<P, Exec>> && !std::is_copy_assignable_v<Plan<P, Exec>>;

template <class P>
constexpr bool from_experiment_only =
    std::is_constructible_v<Plan<P, Exec>, const Exec&, const Experiment&> &&
    !std::is_constructible_v<Plan<P, Exec>, const Experiment&> && !std::is_default_constructible_v<Plan<P, Exec>>;

struct Stateful {
  [[maybe_unused]] static constexpr bool compact = false;
  double width = 1;
  template <class V>
  static V intensity(const physics::LatticeParameters<scalar_t<V>>&, const Vec3<V>& delta) {
    return delta.x;
  }
};
struct WithoutCompact {
  template <class V>
  static V intensity(const physics::LatticeParameters<scalar_t<V>>&, const Vec3<V>& delta) {
    return delta.x;
  }
};
struct DoubleOnly {
  static constexpr bool compact = false;
  static double intensity(const physics::LatticeParameters<double>&, const Vec3<double>& delta) { return delta.x; }
};

}  // namespace

TEST_CASE_TEMPLATE("traits: tables and kernels are copied as bytes, plans are moved", P, Fp32, Mixed, Fp64) {
  CHECK(copied_as_bytes<P>);
  CHECK(owns<P>);
  CHECK(from_experiment_only<P>);
}

TEST_CASE("traits: concepts hold for what the library has, and for nothing else") {
  CHECK(ExecSpace<Kokkos::DefaultExecutionSpace>);
  CHECK(ExecSpace<Kokkos::DefaultHostExecutionSpace>);
  CHECK_FALSE(ExecSpace<Kokkos::HostSpace>);
  CHECK_FALSE(ExecSpace<int>);

  CHECK(PrecisionLike<Fp32>);
  CHECK(PrecisionLike<Mixed>);
  CHECK(PrecisionLike<Fp64>);
  CHECK(PrecisionLike<Precision<double, float, double>>);
  CHECK_FALSE(PrecisionLike<float>);
  CHECK_FALSE(PrecisionLike<Precision<double, float, int>>);

  CHECK(LatticeFactor<physics::Square>);
  CHECK(LatticeFactor<physics::Round>);
  CHECK(LatticeFactor<physics::Gauss>);
  CHECK(LatticeFactor<physics::Tophat>);
  CHECK_FALSE(LatticeFactor<Stateful>);
  CHECK_FALSE(LatticeFactor<WithoutCompact>);
  CHECK_FALSE(LatticeFactor<DoubleOnly>);
  CHECK_FALSE(LatticeFactor<physics::NearestF>);

  CHECK(StructureFactorLookup<physics::ConstantF>);
  CHECK(StructureFactorLookup<physics::NearestF>);
  CHECK(StructureFactorLookup<physics::TricubicF>);
  CHECK_FALSE(StructureFactorLookup<physics::Square>);
}

TEST_CASE("traits: model types are aggregates with defaults, and Experiment may be copied") {
  CHECK(std::is_aggregate_v<Experiment>);
  CHECK(std::is_aggregate_v<Crystal>);
  CHECK(std::is_aggregate_v<Beam>);
  CHECK(std::is_aggregate_v<Detector>);
  CHECK(std::is_aggregate_v<StructureFactors>);
  CHECK(std::is_nothrow_move_constructible_v<Experiment>);
  CHECK(std::is_copy_constructible_v<Experiment>);
  CHECK(std::is_base_of_v<std::runtime_error, InvalidInput>);
}
