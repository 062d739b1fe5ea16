#!/bin/sh
# How the models beside this script and their answers were made, by the program at the commit that added them.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of model is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")"
unroll=${UNROLL:-../../../../../unroll music}

train() { # NAME OPTIONS…
  name=$1
  shift
  $unroll train --model "$name.zip" --config tiny --hidden 24 --dimensions 8 --learning-rate 0.02 --epochs 20 "$@"
  rm -f "$name.metrics.json" "$name.curve.png"
  $unroll evaluate --model "$name.zip" --json --data evening.abc >"$name.zip.evaluate.jsonl"
  $unroll compose --model "$name.zip" --temperature 0 --bars 4 >"$name.zip.likeliest.abc"
  $unroll compose --model "$name.zip" --seed 7 --temperature 0.5 --attempts 100 >"$name.zip.seed7.abc"
}

# On the sample that the project ships.
train events --notation events --cell lstm --layers 2
train roll --notation roll --grid 4 --condition none --cell gru
