#!/bin/sh
# How the models beside this script and their answers were made, by the program at commit 74c3258.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of model is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")"
unroll=../../../../../unroll

train() { # NAME OPTIONS…
  name=$1
  shift
  "$unroll" charlm train --model "$name.zip" --config tiny --hidden 16 --dimensions 8 --learning-rate 0.02 "$@"
  rm -f "$name.metrics.json" "$name.curve.png"
  "$unroll" charlm score --model "$name.zip" --json questions.txt >"$name.zip.score.jsonl"
  "$unroll" charlm evaluate --model "$name.zip" --json --data evening.txt >"$name.zip.evaluate.jsonl"
  "$unroll" charlm sample --model "$name.zip" --prime 'She said that the ' --length 40 --temperature 0 >"$name.zip.likeliest.txt"
  "$unroll" charlm sample --model "$name.zip" --prime 'She said that the ' --length 40 --seed 7 --top-k 20 >"$name.zip.seed7.txt"
  "$unroll" charlm sample --model "$name.zip" --prime 'She said that the ' --length 20 --beam 3 >"$name.zip.beam3.txt"
}

# On the sample that the project ships.
train characters --cell lstm --layers 2 --epochs 25 --baseline-order 3
train words --level word --tied --cell gru --layers 1 --epochs 40 --dropout 0 --baseline-order 2
# Line by line, on a verse.
train lines --cell rnn --ending line --train verse.txt --dev verse.txt --epochs 30 --baseline-order 0 --min-count 1
