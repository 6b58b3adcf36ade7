# SPDX-License-Identifier: MIT
# Debian's own packages unpacked into a folder of ours: sourced, not run. Nothing is installed on the system and no root
# is needed; apt works on a state of its own (lists, cache) and checks Debian's signatures as ever.
#   nbk_debian_open PREFIX WHAT       begins a folder that will become PREFIX; WHAT is for the messages
#   nbk_debian_lists SUITE STATUS     package lists of a suite, for a machine that has what the dpkg status file says
#   nbk_debian_add PACKAGE...         unpacks these packages and what they depend on
#   nbk_debian_add_alone PACKAGE...   unpacks these packages only
#   nbk_debian_close                  puts the folder into its place
# Between open and close $nbk_debian_root is the folder. What cannot be had here ends the script with one sentence and
# exit status 77.

nbk_debian_missing() {
  echo "nbk: $*" >&2
  exit 77
}

# The addresses of the machine's own Debian sources that serve this release's main component.
nbk_debian_sources() {
  local codename
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
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

nbk_debian_open() {
  nbk_debian_prefix=$1 nbk_debian_what=$2
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    nbk_debian_missing "$nbk_debian_what needs apt-get and dpkg-deb, which this system does not have."
  nbk_debian_keyring=
  local file
  for file in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    [ -r "$file" ] && { nbk_debian_keyring=$file; break; }
  done
  [ -n "$nbk_debian_keyring" ] ||
    nbk_debian_missing "the Debian archive keyring is missing (package debian-archive-keyring)."
  nbk_debian_uri=$(nbk_debian_sources | head -n 1)
  [ -n "$nbk_debian_uri" ] ||
    nbk_debian_missing "no source of this Debian release in /etc/apt, so $nbk_debian_what cannot be had."

  mkdir -p "$(dirname "$nbk_debian_prefix")"
  nbk_debian_work=$(mktemp -d "$(dirname "$nbk_debian_prefix")/.unpack.XXXXXX")
  trap 'rm -rf "$nbk_debian_work"' EXIT
  nbk_debian_root=$nbk_debian_work/root
  mkdir -p "$nbk_debian_work"/{lists/partial,cache/archives/partial,sources} "$nbk_debian_root"
}

nbk_debian_apt() {
  local options=(-qq
    -o "Dir::State=$nbk_debian_work" -o "Dir::State::Lists=$nbk_debian_work/lists"
    -o "Dir::State::status=$nbk_debian_status" -o "Dir::Cache=$nbk_debian_work/cache"
    -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$nbk_debian_work/sources"
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o Acquire::Languages=none -o APT::Update::Error-Mode=any -o APT::Install-Recommends=false
    -o Acquire::Retries=2 -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10)
  # As root, apt would hand the download to a user who may not enter this folder.
  [ "$(id -u)" -eq 0 ] && options+=(-o APT::Sandbox::User=root)
  apt-get "${options[@]}" "$@" >"$nbk_debian_work/log" 2>&1
}

nbk_debian_failed() {
  tail -n 3 "$nbk_debian_work/log" >&2
  nbk_debian_missing "$*"
}

nbk_debian_lists() {
  nbk_debian_suite=$1 nbk_debian_status=$2
  cat >"$nbk_debian_work/sources/debian.sources" <<SOURCE
Types: deb
URIs: $nbk_debian_uri
Suites: $nbk_debian_suite
Components: main
Signed-By: $nbk_debian_keyring
SOURCE
  nbk_debian_apt update ||
    nbk_debian_failed "Debian's package lists could not be had from $nbk_debian_uri: apt's lines above say why."
}

nbk_debian_unpack() {
  local archives=$nbk_debian_work/cache/archives package
  for package in "$archives"/*.deb; do
    [ -e "$package" ] || continue  # nothing to add to what the machine has
    basename "$package" >>"$nbk_debian_work/packages"
    dpkg-deb -x "$package" "$nbk_debian_root"
    rm "$package"
  done
}

nbk_debian_add() {
  nbk_debian_apt -y --download-only install "$@" ||
    nbk_debian_failed "Debian's package $* could not be had from $nbk_debian_uri."
  nbk_debian_unpack
}

nbk_debian_add_alone() {
  (cd "$nbk_debian_work/cache/archives" && nbk_debian_apt download "$@") ||
    nbk_debian_failed "Debian's package $* could not be had from $nbk_debian_uri."
  nbk_debian_unpack
}

nbk_debian_close() {
  touch "$nbk_debian_root/.complete"
  chmod 755 "$nbk_debian_root"
  rm -rf "$nbk_debian_prefix"
  mv "$nbk_debian_root" "$nbk_debian_prefix"
}
