# SPDX-License-Identifier: MIT
# The set-up that bench/run and tests/run share: sourced, not run. From a fresh machine to a configured build tree:
#   nbk_setup             dependencies and configuration; sets nbk_root, nbk_build and nbk_jobs
#   nbk_make TARGET...    builds targets
#   nbk_unlock            lets the next one at the build tree
# Environment: NBK_BUILD_DIR (default build/run), NBK_WERROR (ON or OFF), NBK_JOBS, CXX, CMAKE_PREFIX_PATH, Kokkos_ROOT.
set -euo pipefail

nbk_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
nbk_build=${NBK_BUILD_DIR:-$nbk_root/build/run}
nbk_deps=$nbk_root/build/deps
nbk_lacking=
nbk_packages=(libfmt-dev nlohmann-json3-dev doctest-dev libpng-dev libcli11-dev)
# What only some file formats need: gemmi for MTZ, CIF and coordinates, HDF5 for NXmx.
nbk_optional_packages=(gemmi-dev tao-pegtl-dev libhdf5-dev)

nbk_say() { echo "nbk: $*" >&2; }
nbk_die() {
  nbk_say "$*"
  exit 1
}

# Two processes must not configure or build one tree at a time.
nbk_lock() {
  mkdir -p "$nbk_build" 2>/dev/null || nbk_die "cannot write to $nbk_build."
  command -v flock >/dev/null || return 0
  { exec 9>"$nbk_build/.lock"; } 2>/dev/null || nbk_die "cannot write to $nbk_build."
  flock -n 9 && return 0
  nbk_say "waiting for another build in $nbk_build"
  flock 9
}
nbk_unlock() { exec 9>&-; }

# Runs a command with its output in a log, and shows the log's end only if the command fails.
nbk_quiet() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 && return 0
  tail -n 15 "$log" >&2
  return 1
}

nbk_check_tools() {
  local need=() tool
  command -v "${CXX:-c++}" >/dev/null || command -v g++ >/dev/null || need+=("a C++ compiler (Debian: g++)")
  for tool in cmake make git; do
    command -v $tool >/dev/null || need+=("$tool")
  done
  [ ${#need[@]} -eq 0 ] && return 0
  local list
  list=$(printf ', %s' "${need[@]}")
  nbk_die "missing on this machine: ${list:2}; install it and run this again."
}

nbk_missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

# Small libraries from the system's packages. Where that is not possible CMake looks for them, or downloads them.
nbk_get_packages() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 0
  local missing optional as_root=() apt
  mapfile -t missing < <(nbk_missing_packages "${nbk_packages[@]}")
  mapfile -t optional < <(nbk_missing_packages "${nbk_optional_packages[@]}")
  [ $((${#missing[@]} + ${#optional[@]})) -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      nbk_say "not root, so these packages are not installed: ${missing[*]} ${optional[*]}; going on without them"
      nbk_lacking="${missing[*]}"
      return 0
    fi
  fi
  nbk_say "installing ${missing[*]} ${optional[*]}"
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120
    -o Acquire::Retries=2 -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10)
  local log=$nbk_build/packages.log
  if nbk_quiet "$log" "${apt[@]}" -o APT::Update::Error-Mode=any update; then
    # First, and apart: a release that has none of them must not lose the others.
    if [ ${#optional[@]} -gt 0 ]; then
      nbk_quiet "$log" "${apt[@]}" -y --no-install-recommends install "${optional[@]}" ||
        nbk_say "going on without ${optional[*]}"
    fi
    [ ${#missing[@]} -eq 0 ] && return 0
    nbk_quiet "$log" "${apt[@]}" -y --no-install-recommends install "${missing[@]}" && return 0
  fi
  [ ${#missing[@]} -eq 0 ] && return 0
  nbk_say "these packages could not be installed: ${missing[*]}; going on without them"
  nbk_lacking="${missing[*]}"
}

# Which Kokkos: prints the arguments that CMake needs for it.
nbk_find_kokkos() {
  local probe=$nbk_deps/probe answer=none
  if [ -e "$nbk_deps/debian-kokkos/.complete" ] && [ -z "${Kokkos_ROOT:-}${CMAKE_PREFIX_PATH:-}" ]; then
    nbk_toolchain=(--toolchain "$nbk_root/cmake/debian-kokkos.cmake")
    return 0
  fi
  nbk_say "looking for Kokkos"
  rm -rf "$probe"
  mkdir -p "$probe"
  nbk_quiet "$probe.log" cmake -S "$nbk_root/cmake/kokkos-probe" -B "$probe" "-DNBK_DOWNLOADS=$nbk_deps/downloads" ||
    nbk_die "CMake cannot use this machine's compiler; the lines above say why."
  answer=$(cat "$probe/answer")
  case $answer in
    installed) nbk_say "using the installed Kokkos" ;;
    download) nbk_say "using the release of Kokkos just downloaded, which is built here once" ;;
    *)
      if grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
        nbk_say "no Kokkos installed and no release to be had; unpacking Debian's own package"
        "$nbk_root/cmake/debian-kokkos.sh" "$nbk_deps/debian-kokkos" >&2 || exit 1
        nbk_toolchain=(--toolchain "$nbk_root/cmake/debian-kokkos.cmake")
      else
        nbk_die "Kokkos 4.6 or newer is not installed and its release could not be downloaded;" \
          "install it and set Kokkos_ROOT to where it is."
      fi
      ;;
  esac
}

nbk_setup() {
  nbk_jobs=${NBK_JOBS:-$(nproc 2>/dev/null || echo 2)}
  nbk_lock
  # Warnings are errors with the compiler that the project is checked with: another one may warn of other things.
  # The same for both scripts, or each would compile everything anew.
  if [ -z "${NBK_WERROR:-}" ] && [ "$("${CXX:-c++}" -dumpversion 2>/dev/null)" = 12 ]; then
    NBK_WERROR=ON
  fi
  local arguments=()
  [ -n "${NBK_WERROR:-}" ] && arguments+=("-DNBK_WERROR=$NBK_WERROR")
  # The stamp says that the set-up went well, for which packages, and with which choice of warnings.
  local stamp=$nbk_build/.configured packages="${nbk_packages[*]} ${nbk_optional_packages[*]}" had= warnings=
  if [ -e "$nbk_build/CMakeCache.txt" ] && [ -e "$stamp" ]; then
    { read -r had && read -r warnings; } <"$stamp" || had=
  fi
  if [ "$had" = "$packages" ]; then
    if [ -z "${NBK_WERROR:-}" ] || [ "$warnings" = "warnings $NBK_WERROR" ]; then
      return 0
    fi
  else
    nbk_check_tools
    rm -f "$stamp"
    nbk_toolchain=()
    nbk_get_packages
    nbk_find_kokkos
    arguments+=("${nbk_toolchain[@]}" "-DNBK_DOWNLOADS=$nbk_deps/downloads")
    rm -f "$nbk_build/CMakeCache.txt"
  fi
  nbk_say "configuring in $nbk_build"
  local log=$nbk_build/configure.log
  if ! cmake -S "$nbk_root" -B "$nbk_build" "${arguments[@]}" >"$log" 2>&1; then
    # CMake wraps its messages in frames; the last word should be the sentence inside.
    local why
    why=$(tr '\n' ' ' <"$log" | sed -n 's/.*CMake Error[^:]*:[0-9]* (message): *\(nbk: .*\.\) *Call Stack.*/\1/p' | tr -s ' ')
    if [ -n "$nbk_lacking" ] && [[ $why == *"is not installed"* ]]; then
      nbk_die "this needs packages that could not be installed here;" \
        "run \"apt-get install $nbk_lacking\" as root, then this again."
    fi
    [ -n "$why" ] || { tail -n 20 "$log" >&2; why="nbk: CMake could not configure; all of it is in $log."; }
    echo "$why" >&2
    exit 1
  fi
  sed -n 's/^-- \(nbk [0-9].*\|  .*\)/\1/p' "$log" >&2
  printf '%s\nwarnings %s\n' "$packages" "${NBK_WERROR:-}" >"$stamp"
}

# Says every half minute how far a build is, from the percentages in its log, until the process `pid` has ended.
nbk_watch_build() {
  local pid=$1 log=$2 begin=$SECONDS next=30 share
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    [ $((SECONDS - begin)) -ge $next ] || continue
    share=$(grep -o '^\[ *[0-9]*%\]' "$log" | tail -n 1 | tr -d '[] ')
    nbk_say "building: ${share:-0%} after $next s"
    next=$((next + 30))
  done
}

# Builds targets, with the compiler's output on a terminal, else in a log.
nbk_make() {
  local log=$nbk_build/build.log pid
  # A target that is up to date takes a moment to find out, and no word.
  [ -e "$nbk_build/.built-$1" ] || nbk_say "building $1 with $nbk_jobs jobs, once: ${nbk_build_time:-some minutes}"
  if [ -t 2 ]; then
    cmake --build "$nbk_build" --parallel "$nbk_jobs" --target "$@" >&2 || nbk_die "the build failed."
  else
    cmake --build "$nbk_build" --parallel "$nbk_jobs" --target "$@" >"$log" 2>&1 &
    pid=$!
    # An interruption of this script must not leave compilers behind.
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
    nbk_watch_build "$pid" "$log"
    wait "$pid" || {
      grep -E -A 12 'error:|\*\*\*' "$log" | head -n 60 >&2
      nbk_die "the build failed; all of it is in $log."
    }
    trap - INT TERM
  fi
  touch "$nbk_build/.built-$1"
}
