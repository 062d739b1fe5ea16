#!/bin/sh
# Piano rolls of chorales and of folk tunes (nats a time step on the official test parts), and ABC (bits a character on held-back tunes, and
# of 1,000 composed tunes how many the strict reader reads at the first draw).
# Usage: benchmarks/music/run.sh DATA [FOLDER] [OPTIONS…]
#   DATA     has pianoroll/jsb_chorales.json.gz, pianoroll/nottingham.json.gz and nottingham_abc/*.abc
#   FOLDER   receives models and results (default: music-results)
#   OPTIONS  of music train
# Environment: SEEDS="1"; SETS="chorales tunes abc"; TEST=no leaves the test parts unread, for choosing settings on dev;
#   TEMPERATURE=0.8 of the composed tunes
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 out=${2:-music-results}
[ $# -lt 2 ] && shift || shift 2
mkdir -p "$out"
python3 "$root/benchmarks/music/tunes.py" split "$data/nottingham_abc" "$out"

for seed in ${SEEDS:-1}; do
  for set in ${SETS:-chorales tunes abc}; do
    case $set in
      chorales) train=$data/pianoroll/jsb_chorales.json.gz test=$train dev= ;;
      tunes) train=$data/pianoroll/nottingham.json.gz test=$train dev= ;;
      abc) train=$out/train.abc dev=$out/dev.abc test=$out/test.abc ;;
    esac
    name=$out/$set-$seed
    "$root/unroll" music train --train "$train" ${dev:+--dev "$dev"} --config "$set" --model "$name.zip" --seed "$seed" --threads 1 "$@" \
      2>"$name.log" | tail -n 1
    [ "${TEST:-yes}" = no ] || "$root/unroll" music evaluate --model "$name.zip" --data "$test" --json | tee "$name.test.json"
    if [ "$set" = abc ]; then
      for rules in '' '--rules metre'; do
        # shellcheck disable=SC2086 # the rules are words
        "$root/unroll" music compose --model "$name.zip" --count 1000 --attempts 1000 --temperature "${TEMPERATURE:-0.8}" $rules --json \
          >"$name.tunes${rules:+-metre}.jsonl" 2>/dev/null
        echo "composed ${rules:-without rules}:"
        python3 "$root/benchmarks/music/tunes.py" count "$name.tunes${rules:+-metre}.jsonl"
      done
    fi
  done
done
