#!/bin/sh
# How the models beside this script and their answers were made, by the program at commit 74c3258.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of model is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")"
unroll=../../../../../unroll

train() { # NAME OPTIONS…, on the sample that the project ships
  name=$1
  shift
  "$unroll" sentiment train --model "$name.zip" --config small.properties --epochs 6 --learning-rate 0.01 "$@"
  rm -f "$name.metrics.json" "$name.curve.png"
  "$unroll" sentiment classify --model "$name.zip" --json questions.txt >"$name.zip.classify.jsonl"
  "$unroll" sentiment evaluate --model "$name.zip" --json --data reviews.tsv >"$name.zip.evaluate.jsonl"
}

train lstm --cell lstm --layers 2 --bidirectional
train gru-vectors --cell gru --layers 1 --no-bidirectional --vectors vectors.txt --freeze-vectors --config last.properties
train rnn --cell rnn --layers 1 --bidirectional --config mean.properties
