#!/bin/sh
# Makes the pictures of the documentation: docs/pictures/make.sh VECTORS
# VECTORS are those of benchmarks/embeddings/enwiki.sh: 100 MB of Wikipedia, skip-gram, 100 dimensions; here after one epoch.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
"$root/unroll" embeddings map --model "$1" --out "$root/docs/pictures/arrows.png" \
  --arrow man:woman --arrow king:queen --arrow uncle:aunt --arrow father:mother --arrow prince:princess
