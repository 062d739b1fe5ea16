#!/bin/sh
# Makes the pictures of the documentation: docs/pictures/make.sh [VECTORS]
# The learning curve, the tagged text and the explanation come from models of the samples, a minute's training each. The map is
# drawn only with VECTORS, those of benchmarks/embeddings/enwiki.sh: 100 MB of Wikipedia, skip-gram, 100 dimensions; here after one epoch.
# page-*.png, of the server, are taken by page.mjs, which needs a browser.
# lengths.svg is what translation evaluate --out --compare draws of the Tatoeba models, see benchmarks/README.md.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
pictures=$root/docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

draw() { # PICTURE FROM; a picture is replaced only by a whole one
  python3 "$pictures/draw.py" "$1" <"$2" >"$work/$1.svg"
  cp "$work/$1.svg" "$pictures/$1.svg"
}

"$root/unroll" sentiment train --config tiny --model "$work/reviews.zip"
cp "$work/reviews.curve.png" "$pictures/curve.png"

"$root/unroll" ner train --config tiny --model "$work/names.zip"
"$root/unroll" ner tag --model "$work/names.zip" --json >"$work/tagged.jsonl" <<'TEXT'
Martha Lindqvist flew from Lisbon to Hamburg on Friday.
Orbit Shipping hired Paul Romano in Dublin.
We waited at the station until it was dark.
TEXT
draw tagged "$work/tagged.jsonl"

"$root/unroll" charlm train --config tiny --model "$work/verse.zip"
tail -c 230 "$root/charlm/src/main/resources/dev/unroll/charlm/sample/lighthouse.txt" >"$work/page.txt"
"$root/unroll" charlm explain --model "$work/verse.zip" --data "$work/page.txt" --length 150 --out "$work/page.html"
draw explained "$work/page.html"

[ $# -eq 0 ] || "$root/unroll" embeddings map --model "$1" --out "$pictures/arrows.png" \
  --arrow man:woman --arrow king:queen --arrow uncle:aunt --arrow father:mother --arrow prince:princess
