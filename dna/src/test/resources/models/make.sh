#!/bin/sh
# How the models beside this script and their answers were made, by the program as it was when the task was added.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of model is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")"
unroll=${UNROLL:-../../../../../unroll dna}

# Strands with the word GATTACA, and others; a chromosome with genes, TTG and some ACG, on either strand.
awk 'BEGIN {
  srand(3)
  for (i = 0; i < 12; i++) {
    s = ""
    for (k = 0; k < 8 + i % 5; k++) s = s substr("ACGT", 1 + int(4 * rand()), 1)
    print (i % 2 ? "word" : "other") "\tq" i "\t" s (i % 2 ? "GATTACA" : "NRCCAGG") s
  }
}' >strands.tsv
awk 'BEGIN {
  srand(4)
  for (g = 0; g < 12; g++) {
    for (k = 0; k < 6 + int(9 * rand()); k++) s = s substr("AT", 1 + int(2 * rand()), 1)
    plus = rand() < 0.5
    gene = plus ? "TTG" : ""
    for (k = 0; k < 3 + int(3 * rand()); k++) gene = gene (plus ? "ACG" : "CGT")
    gene = gene (plus ? "" : "CAA")
    print "chr\t" length(s) "\t" length(s gene) "\tgene\t0\t" (plus ? "+" : "-") >"genes.bed"
    s = s gene
  }
  print ">chr\n" s "AATTA" >"genes.fa"
}'

finish() { # NAME
  rm -f "$1.metrics.json" "$1.curve.png"
}

$unroll train --train strands.tsv --model strands.zip --epochs 12 --learning-rate 0.02 --hidden 6 --filters 6 --dev-fraction 0 \
  --strands average --kmer 2 --dimensions 5
finish strands
$unroll classify --model strands.zip --json strands.tsv >strands.zip.classify.jsonl
$unroll evaluate --model strands.zip --json --data strands.tsv >strands.zip.evaluate.jsonl

$unroll train --train genes.fa --regions genes.bed --model genes.zip --epochs 40 --learning-rate 0.03 --hidden 8 --filters 8 \
  --window 60 --context 15 --stride 3 --dev-fraction 0
finish genes
$unroll annotate --model genes.zip --json genes.fa >genes.zip.annotate.jsonl
$unroll evaluate --model genes.zip --json --data genes.fa --regions genes.bed >genes.zip.regions.jsonl
