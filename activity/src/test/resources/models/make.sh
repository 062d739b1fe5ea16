#!/bin/sh
# How the models beside this script and their answers were made, by the program as it was when the task was added.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of model is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")"
unroll=${UNROLL:-../../../../../unroll activity}

train() { # NAME OPTIONS…, on the sample that the project ships
  name=$1
  shift
  $unroll train --model "$name.zip" --epochs 8 --learning-rate 0.02 --hidden 6 --dev-fraction 0 "$@"
  rm -f "$name.metrics.json" "$name.curve.png"
  $unroll recognise --model "$name.zip" --json questions.csv >"$name.zip.recognise.jsonl"
  $unroll evaluate --model "$name.zip" --json --data questions.csv >"$name.zip.evaluate.jsonl"
}

train figure --skeleton figure-11
train channels --cell gru --no-bidirectional --deltas 0 --stack 3 --pooling last

# Of two channels, to be read from the class path; it was asked nothing.
$unroll train --train pair.csv --model pair.zip --epochs 2 --hidden 4 --dev-fraction 0
rm -f pair.metrics.json pair.curve.png
