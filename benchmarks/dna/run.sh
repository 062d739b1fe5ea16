#!/bin/sh
# DNA: splice junctions by ten folds, introns base by base, the genes of E. coli by position, promoters. Presets, one thread.
# Usage: benchmarks/dna/run.sh DATA [SEED…]
#   DATA  holds splice_junctions/splice.tsv, introns_c_elegans/{train,dev,test}.tsv.gz, e_coli/{genome.fa,annotation.gff}.gz and
#         promoters/{e_coli_sigma70,arabidopsis_tata,arabidopsis_non_tata}/{train,dev,test}.tsv, gzip or not
#   SEED  default: 1
# Environment: SETS="splice introns genes promoters" for some of them; OUT for a folder that keeps models and scores
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1
shift
[ $# -gt 0 ] || set -- 1
sets=${SETS:-splice introns genes promoters}
out=${OUT:-$(mktemp -d)}
mkdir -p "$out"

file() { # NAME, gzip or not
  [ -f "$data/$1" ] && echo "$data/$1" || echo "$data/$1.gz"
}

dna() {
  "$root/unroll" dna "$@"
}

scores() { # NAME FILE OPTIONS…
  name=$1 tests=$2
  shift 2
  printf '%s\t' "$name"
  dna evaluate --model "$out/$name.zip" --data "$tests" --json "$@" | tee "$out/$name.json"
}

splice() { # SEED
  printf 'splice-%s\t' "$1"
  dna train --config junctions --threads 1 --seed "$1" --folds 10 --train "$(file splice_junctions/splice.tsv)" \
    --model "$out/splice-$1.zip" --json | tee "$out/splice-$1.json"
}

introns() { # SEED
  dna train --config introns --threads 1 --seed "$1" --train "$(file introns_c_elegans/train.tsv)" \
    --dev "$(file introns_c_elegans/dev.tsv)" --model "$out/introns-$1.zip" --json >"$out/introns-$1.train"
  scores "introns-$1" "$(file introns_c_elegans/test.tsv)"
}

# Stretches of the genome, named as samtools faidx names them.
stretch() { # FROM TO NAME; a TO of 0 for the last base
  gzip -dcf "$(file e_coli/genome.fa)" | awk -v from="$1" -v to="$2" '
    !/^>/ { all = all $0 }
    END {
      to = to ? to : length(all)
      print ">NC_000913.3:" from "-" to
      for (i = from; i <= to; i += 80) print substr(all, i, to - i < 79 ? to - i + 1 : 80)
    }' >"$out/$3.fa"
}

genes() { # SEED
  regions=$(file e_coli/annotation.gff)
  stretch 1 3200000 train
  stretch 3200001 3900000 dev
  stretch 3900001 0 test
  dna train --config genes --threads 1 --seed "$1" --train "$out/train.fa" --dev "$out/dev.fa" --regions "$regions" --types CDS \
    --model "$out/genes-$1.zip" --json >"$out/genes-$1.train"
  scores "genes-$1" "$out/test.fa" --regions "$regions" --types CDS
  dna annotate --model "$out/genes-$1.zip" "$out/test.fa" >"$out/genes-$1.bed"
}

promoters() { # SEED
  for set in e_coli_sigma70 arabidopsis_tata arabidopsis_non_tata; do
    # Settings for E. coli were chosen by folds of both parts. The strands of Arabidopsis are of 251 bases, and transcription starts at the 201st.
    dev=$(file promoters/$set/dev.tsv)
    case $set in
      e_coli_sigma70) more="--dev-fraction 0 --train $dev" ;;
      arabidopsis_tata) more="--stride 3 --filter-width 12 --anchor 0.8 --mutation 0.1 --epochs 30 --dev $dev" ;;
      arabidopsis_non_tata) more="--stride 3 --filter-width 12 --anchor 0.8 --mutation 0.1 --epochs 12 --dev $dev" ;;
    esac
    # shellcheck disable=SC2086 # options are words
    dna train --config promoters --threads 1 --seed "$1" --train "$(file promoters/$set/train.tsv)" \
      $more --model "$out/$set-$1.zip" --json >"$out/$set-$1.train"
    scores "$set-$1" "$(file promoters/$set/test.tsv)"
  done
}

for seed in "$@"; do
  for set in $sets; do
    "$set" "$seed"
  done
done
