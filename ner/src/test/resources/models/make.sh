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
  "$unroll" ner train --model "$name.zip" --config tiny --config small.properties --learning-rate 0.02 "$@"
  rm -f "$name.metrics.json" "$name.curve.png"
  "$unroll" ner tag --model "$name.zip" --json questions.txt >"$name.zip.tag.jsonl"
  "$unroll" ner evaluate --model "$name.zip" --json --data sentences.conll >"$name.zip.evaluate.jsonl"
}

train crf-cnn-vectors --output crf --characters cnn --cell lstm --vectors vectors.txt --config shapes.properties
train crf-lstm --output crf --characters lstm --cell gru --layers 2 --no-bidirectional
train softmax --output softmax --characters none --cell lstm
