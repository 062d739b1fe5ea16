#!/bin/sh
# AN4 by preset hour, the official test part and eight speakers for dev; three seeds. Each is scored letter by letter, by a search for the words of the
# data's dictionary, and with a language model of the transcripts that were trained on, whose weights were chosen on dev.
# Usage: benchmarks/speech/an4.sh DATA [FOLDER] [OPTIONS…]
#   DATA     holds train.zip, test.zip, pronunciation.dic, and train.tsv and test.tsv with file<TAB>speaker<TAB>part<TAB>words
#   FOLDER   receives manifests, models and results (default: an4-results)
#   OPTIONS  of speech train
# Environment: SEEDS="1 2 3"; TEST=no leaves the test part unread, for choosing settings on dev
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$(cd "$1" && pwd) out=${2:-an4-results}
[ $# -lt 2 ] && shift 1 || shift 2
mkdir -p "$out"
manifest() { # PART
  zip=train
  [ "$1" != test ] || zip=test
  awk -F '\t' -v part="$1" -v zip="$data/$zip.zip" '$3 == part { print zip "/" $1 "\t" $4 "\t" $2 }' "$data/$zip.tsv" > "$out/$1.tsv"
}
for part in train dev test; do manifest $part; done

for part in train dev; do cut -f 2 "$out/$part.tsv" > "$out/$part.txt"; done
"$root/unroll" charlm train --train "$out/train.txt" --dev "$out/dev.txt" --model "$out/letters.zip" --config tiny --ending line \
  --min-count 1 --epochs 30 --seed 1 2> "$out/letters.log" | tail -n 1
score() { # SEED PART OPTIONS…
  seed=$1 part=$2
  shift 2
  "$root/unroll" speech evaluate --model "$out/$seed.zip" --data "$out/$part.tsv" --json "$@"
}
for seed in ${SEEDS:-1 2 3}; do
  "$root/unroll" speech train --train "$out/train.tsv" --dev "$out/dev.tsv" \
    --config hour --model "$out/$seed.zip" --seed "$seed" "$@" 2> "$out/$seed.log" | tail -n 1
  [ "${TEST:-yes}" = no ] && part=dev || part=test
  score "$seed" "$part" | tee "$out/$seed.$part.json"
  score "$seed" "$part" --beam 32 --language-model "$out/letters.zip" --language-weight 0.3 --character-bonus 0.6 \
    | tee "$out/$seed.$part.letters.json"
  score "$seed" "$part" --beam 32 --vocabulary "$data/pronunciation.dic" | tee "$out/$seed.$part.dictionary.json"
  score "$seed" "$part" --beam 32 --vocabulary "$data/pronunciation.dic" --language-model "$out/letters.zip" --language-weight 0.3 \
    --character-bonus 0.6 | tee "$out/$seed.$part.both.json"
done
