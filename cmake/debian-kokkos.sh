#!/bin/bash
# SPDX-License-Identifier: MIT
# debian-kokkos.sh [FOLDER]: unpacks Debian's own Kokkos package, and the C and C++ libraries it was built against,
# into FOLDER (default build/deps/debian-kokkos). Nothing is installed on the system and no root is needed; apt works
# on a state of its own (lists, cache, an empty dpkg status) and checks Debian's signatures as ever.
# cmake/debian-kokkos.cmake builds programs against the result.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
prefix=${1:-$root/build/deps/debian-kokkos}
die() { echo "nbk: $*" >&2; exit 1; }

[ -e "$prefix/.complete" ] && exit 0
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
  die "Debian's Kokkos package needs apt-get and dpkg-deb, which this system does not have."

keyring=
for file in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
  [ -r "$file" ] && { keyring=$file; break; }
done
[ -n "$keyring" ] || die "the Debian archive keyring is missing (package debian-archive-keyring)."

# The machine's own Debian source: the first address that serves this release's main component.
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
debian_source() {
  local suites="^(${codename:-stable}|stable|testing|sid|unstable)\$"
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true; } | awk -v suites="$suites" '
    $1 == "deb" {
      sub(/\[[^]]*\]/, "")
      main = 0
      for (i = 4; i <= NF; i++) if ($i == "main") main = 1
      if (main && $3 ~ suites) print $2
    }'
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk -v suites="$suites" '
      function finish(   i, n, word, ok) {
        n = split(suite, word, /[ \t]+/)
        for (i = 1; i <= n; i++) if (word[i] ~ suites) ok = 1
        if (ok && enabled && types ~ /(^|[ \t])deb([ \t]|$)/ && components ~ /(^|[ \t])main([ \t]|$)/) {
          split(uris, word, /[ \t]+/)
          print word[1]
        }
        types = uris = suite = components = ""; enabled = 1
      }
      function value() { sub(/^[^:]*:[ \t]*/, ""); return $0 }
      BEGIN { enabled = 1 }
      /^#/ { next }
      /^[ \t]*$/ { finish(); next }
      tolower($0) ~ /^types:/ { types = value(); next }
      tolower($0) ~ /^uris:/ { uris = value(); next }
      tolower($0) ~ /^suites:/ { suite = value(); next }
      tolower($0) ~ /^components:/ { components = value(); next }
      tolower($0) ~ /^enabled:[ \t]*no/ { enabled = 0; next }
      END { finish() }' "$file"
  done
}
uri=$(debian_source | head -n 1)
[ -n "$uri" ] || die "no Debian source for '$codename' in /etc/apt, so Debian's Kokkos package cannot be had."

mkdir -p "$(dirname "$prefix")"
work=$(mktemp -d "$(dirname "$prefix")/.unpack.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,cache/archives/partial,sources,root}
: >"$work/status"
cat >"$work/sources/sid.sources" <<SOURCE
Types: deb
URIs: $uri
Suites: sid
Components: main
Signed-By: $keyring
SOURCE

apt=(apt-get -qq
  -o "Dir::State=$work" -o "Dir::State::Lists=$work/lists" -o "Dir::State::status=$work/status"
  -o "Dir::Cache=$work/cache" -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$work/sources"
  -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
  -o Acquire::Languages=none -o APT::Update::Error-Mode=any -o APT::Install-Recommends=false
  -o Acquire::Retries=2 -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10)
# As root, apt would hand the download to a user who may not enter this folder.
[ "$(id -u)" -eq 0 ] && apt+=(-o APT::Sandbox::User=root)

say_why() { tail -n 3 "$work/log" >&2; }
"${apt[@]}" update >"$work/log" 2>&1 ||
  { say_why; die "Debian's package lists could not be had from $uri: apt's lines above say why."; }
"${apt[@]}" -y --download-only install libkokkos-dev >"$work/log" 2>&1 ||
  { say_why; die "Debian's package libkokkos-dev could not be had from $uri."; }

for package in "$work"/cache/archives/*.deb; do
  dpkg-deb -x "$package" "$work/root"
done
targets=$(find "$work/root/usr" -name KokkosTargets.cmake | head -n 1)
[ -n "$targets" ] || die "Debian's package libkokkos-dev holds no CMake files."

# Two repairs of the copy. Its header folder is written as an absolute path, which leads out of the copy; and it names
# archives (of parts that are headers only) which the package does not carry: empty ones serve.
sed -i 's|"/usr/include|"${_IMPORT_PREFIX}/include|g' "$targets"
sed -n 's|.*IMPORTED_LOCATION[A-Z_]* "${_IMPORT_PREFIX}\(/[^"]*\.a\)".*|\1|p' "${targets%.cmake}"-*.cmake |
  while read -r archive; do
    [ -e "$work/root/usr$archive" ] || printf '!<arch>\n' >"$work/root/usr$archive"
  done
touch "$work/root/.complete"
chmod 755 "$work/root"
rm -rf "$prefix"
mv "$work/root" "$prefix"
echo "nbk: $(cd "$work/cache/archives" && ls libkokkos-dev_*.deb | sed 's/_/ /; s/_.*//') unpacked into $prefix"
