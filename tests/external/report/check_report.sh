#!/bin/sh
# SPDX-License-Identifier: MIT
# check_report.sh NBK_BENCH [PICTURE]: opens a run's report.html in headless Chromium, as wide as a phone and as a desk's
# screen: every picture loads, nothing is wider than the page, nothing comes from elsewhere, and something is painted.
# Exit code 77: there is no browser here. PICTURE: where to keep the phone's screenshot.
set -eu
bench=$1
picture=${2:-}
browser=
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then browser=$name; break; fi
done
if [ -z "$browser" ]; then
  echo "SKIPPED: no chromium, chromium-browser or google-chrome"
  exit 77
fi

die() {
  echo "check_report.sh: $*" >&2
  exit 1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export OMP_PROC_BIND=false
NB_C_BIN='' NBK_REPORT_COMMAND='' \
  "$bench" --sizes 128 64 --profile --keep-artifacts --iterations 3 --outdir "$scratch/out" >/dev/null
run=$(echo "$scratch"/out/2*)
"$(dirname "$0")/../../../bench/report" "$run" >/dev/null
report=$run/report.html
[ -s "$report" ] || die "there is no report.html"
if grep -Eo '(src|href|url)[=(]"?[^d"][^ >]*' "$report" | grep -v '="data:'; then die "something comes from elsewhere"; fi

chrome() {
  timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --allow-file-access-from-files \
    --user-data-dir="$scratch/profile" --virtual-time-budget=5000 "$@" 2>"$scratch/browser.log" ||
    { tail -n 5 "$scratch/browser.log" >&2; die "the browser failed"; }
}

for width in 390 1280; do
  # The page in a frame of that width, asked by a script what became of it.
  cat >"$scratch/ask.html" <<END
<body><iframe id="f" src="file://$report" width="$width" height="900" style="border:0"></iframe><p id="answer"></p><script>
document.getElementById('f').onload = function () {
  const page = this.contentDocument, images = [...page.images];
  document.getElementById('answer').textContent = 'ANSWER ' + (page.documentElement.scrollWidth <= $width ? 'fits' : 'wide') +
    ' ' + images.filter(i => i.complete && i.naturalWidth > 0).length + '/' + images.length +
    ' tables ' + page.querySelectorAll('table').length + ' bars ' + page.querySelectorAll('.bar').length +
    ' verdict ' + page.querySelector('.verdict').textContent + ' END';
};
</script>
END
  chrome --dump-dom "file://$scratch/ask.html" >"$scratch/dom"
  answer=$(grep -o 'ANSWER .* END' "$scratch/dom" | tail -n 1 || true)
  # Two sizes: three pictures and three bars each; tables of two inventories and of the environment.
  [ "$answer" = "ANSWER fits 6/6 tables 3 bars 6 verdict passed END" ] || die "$width pixels wide: '$answer'"
done

chrome --window-size=390,1200 --screenshot="$scratch/phone.png" "file://$report" >/dev/null
size=$(wc -c <"$scratch/phone.png")
[ "$size" -gt 20000 ] || die "the screenshot is empty ($size bytes)"
if [ -n "$picture" ]; then cp "$scratch/phone.png" "$picture"; fi
echo "report.html fits 390 and 1280 pixels; 6 pictures"
