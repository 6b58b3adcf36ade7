# SPDX-License-Identifier: MIT
# What the checks of device code share: sourced by cuda.sh and hip.sh.

skip() {
  echo "skipped: $*"
  exit 77
}
fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# find_nvcc: sets nvcc and its major version, or skips the case.
find_nvcc() {
  nvcc=$(command -v nvcc || ls /usr/local/cuda/bin/nvcc 2>/dev/null) || skip "there is no nvcc."
  major=$("$nvcc" --version | sed -n 's/.*release \([0-9]*\)\..*/\1/p')
  [ "${nbk_kokkos_version%%.*}" -ge 5 ] || [ "$major" -lt 13 ] ||
    skip "Kokkos $nbk_kokkos_version does not know nvcc $major."
}

# kokkos_headers FOLDER [BACKEND SETUP MACRO...]: the headers that a Kokkos built for BACKEND (CUDA or HIP), or for none,
# would have generated, with Serial as the host space. Put before Kokkos' own folder on the include path they make it
# such a Kokkos, as far as compiling goes. Sets include_flags.
kokkos_headers() {
  local to=$1 backend=${2:-} setup=${3:-} include config= spaces=(SERIAL) macros=("${@:4}")
  IFS=: read -ra includes <<<"$nbk_includes"
  for include in "${includes[@]}"; do
    [ ! -e "$include/KokkosCore_config.h" ] || config=$include
  done
  [ -n "$config" ] || fail "no KokkosCore_config.h in $nbk_includes."
  mkdir -p "$to/desul/atomics"
  : >"$to/KokkosCore_Config_SetupBackend.hpp"
  if [ -n "$backend" ]; then
    spaces+=("$backend")
    echo "#include <setup/Kokkos_Setup_$setup.hpp>" >"$to/KokkosCore_Config_SetupBackend.hpp"
  fi
  printf '#include <fwd/Kokkos_Fwd_%s.hpp>\n' "${spaces[@]}" >"$to/KokkosCore_Config_FwdBackend.hpp"
  printf '#include <decl/Kokkos_Declare_%s.hpp>\n' "${spaces[@]}" >"$to/KokkosCore_Config_DeclareBackend.hpp"
  # All devices and processors off, then on what is asked for.
  local off='KOKKOS_ENABLE_(SERIAL|OPENMP|THREADS|HPX|CUDA|HIP|SYCL|OPENACC)|KOKKOS_ARCH_[A-Z0-9_]+'
  {
    sed -E "s@^#define ($off)\$@/* \\1 */@" "$config/KokkosCore_config.h"
    printf '#define KOKKOS_ENABLE_%s\n' "${spaces[@]}"
    [ ${#macros[@]} -eq 0 ] || printf "#define %s\n" "${macros[@]}"
  } >"$to/KokkosCore_config.h"
  sed -E -e 's@^#define (DESUL_ATOMICS_ENABLE_[A-Z_]+)$@/* \1 */@' \
    -e "s@^#endif\$@${backend:+#define DESUL_ATOMICS_ENABLE_$backend\\n}#endif@" \
    "$config/desul/atomics/Config.hpp" >"$to/desul/atomics/Config.hpp"
  include_flags=("-I$to" "-I$nbk_source/include" "-I$nbk_source")
  for include in "${includes[@]}"; do include_flags+=(-isystem "$include"); done
}

# A pixel kernel's demangled name, and its type arguments as \1 to \4.
kernel_pattern='PixelKernel<nbk::physics::Bragg<nbk::physics::([A-Za-z]+), nbk::physics::([A-Za-z]+)>, nbk::[a-z]+::[a-z0-9_]*:*([A-Za-z]+), nbk::([A-Za-z0-9]+)(, [0-9]+)?>'

# check_resources FILE COUNT [memory]: FILE has a line per kernel and architecture: architecture, shape, lookup,
# weighting, precision, registers, bytes of thread-private memory, spilled registers. All kernels must be there, and
# every value must stay in registers, unless "memory" says that they need not.
check_resources() {
  local file=$1 count=$2 arch seen
  if command -v column >/dev/null; then column -t "$file"; else cat "$file"; fi
  for arch in "${architectures[@]}"; do
    seen=$(grep -c "^$arch " "$file" || true)
    [ "$seen" = "$count" ] ||
      fail "$seen kernels for $arch where tests/gpu/CMakeLists.txt says $count."
  done
  [ "${3:-}" = memory ] || awk '$7 + $8 > 0 { print; bad = 1 } END { exit bad }' "$file" || fail "the kernels above keep values in memory."
}
