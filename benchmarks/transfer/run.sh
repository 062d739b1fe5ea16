#!/bin/sh
# What is learnt from text without labels, handed to tasks with few: word vectors, models of characters and models of words, made
# of nothing but a part of Wikipedia and reviews; then taggers and classifiers with them and without.
# Usage: benchmarks/transfer/run.sh DATA FOLDER [STEP…]
#   DATA    holds embeddings/enwiki_cased, sentiment/imdb, sentiment/sst2, ner/wnut17, ner/wikigold and ner/btc
#   FOLDER  receives texts, models, logs and results
#   STEP    some of: text vectors characters words imdb sst2 wnut17 wikigold btc; without any, all of them in this order
# Environment: SEEDS="1 2 3"; THREADS=0, of each training; TEST=no leaves the test parts unread, for choosing settings on dev;
#   WITH="none vectors both others self again", what the taggers begin with: nothing, vectors, these and models of characters, a tagger
#   that has the vectors and has learnt from the sentences of the other two sets, one that has also learnt from what the taggers
#   of others found in text without labels, or from what those of self found in other text;
#   COPIES="--any-case --lowercase-copies 1 --uppercase-copies 0.5", further options of these last two, which are scored in lower and
#   in upper case too; EPOCHS=12, of others on WNUT-17
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
shift 2
threads=${THREADS:-0} with=${WITH:-none vectors both others self again}
copies=${COPIES---any-case --lowercase-copies 1 --uppercase-copies 0.5}
export SEEDS="${SEEDS:-1 2 3}" TEST="${TEST:-yes}"
wiki=$(echo "$data"/embeddings/enwiki_cased/*.gz) reviews=$data/sentiment/imdb/unlabelled.txt.gz
[ -s "$out/yes" ] || yes | head -c 10000000 > "$out/yes" # the same order in every run

# Sentences of Wikipedia and of reviews, with their case, for the vectors, and of a seventh and an eighth of them, shuffled by
# paragraphs, for the models of characters; for the models of words the reviews in lower case, shuffled, without those of IMDB's
# labelled ones that are held out: of every twenty one for dev and two for test, as in benchmarks/sentiment/imdb.sh.
text() {
  { gzip -dc "$wiki"; gzip -dc "$reviews"; } | perl "$here/sentences.pl" > "$out/all.txt"
  { gzip -dc "$wiki" | awk 'NR % 7 == 0'; gzip -dc "$reviews" | awk 'NR % 8 == 0'; } \
    | shuf --random-source="$out/yes" | perl "$here/sentences.pl" > "$out/characters.txt"
  gzip -dc "$data/sentiment/imdb/train.tsv.gz" | awk -v out="$out/imdb" '
    { part = NR % 10 == 0 ? "test" : NR % 20 == 5 ? "dev" : "train"; print > (out "-" part ".tsv") }'
  { gzip -dc "$reviews"; cut -f 2- "$out/imdb-train.tsv"; } | perl -CSD -pe 's/<br ?\/>/ /g; $_ = lc' \
    | shuf --random-source="$out/yes" > "$out/words.txt"
  wc -c "$out/all.txt" "$out/characters.txt" "$out/words.txt"
}

train() { # TASK NAME OPTIONS…: prints what the training ended with
  task=$1 name=$2
  shift 2
  "$root/unroll" "$task" train --model "$out/$name" --seed "${training_seed:-1}" --threads "$threads" "$@" 2> "$out/$name.log" | tail -n 1
}

vectors() {
  train embeddings vectors.bin --train "$out/all.txt" --tokenizer whitespace --skip-gram --dimensions 100 --epochs 3 --min-count 5 \
    --share-negatives
}

characters() {
  for direction in forward backward; do
    [ $direction = forward ] && reverse= || reverse=--reverse
    train charlm $direction.zip --train "$out/characters.txt" --layers 1 --hidden 512 --dimensions 64 --dropout 0.1 --batch 32 \
      --window 128 --epochs 1 --dev-fraction 0.015 --max-vocabulary 200 --baseline-order 0 $reverse
  done
}

words() {
  for direction in forward backward; do
    [ $direction = forward ] && reverse= || reverse=--reverse
    train charlm words-$direction.zip --train "$out/words.txt" --level word --max-vocabulary 30000 --adaptive-softmax auto \
      --layers 1 --hidden 512 --dimensions 200 --dropout 0.1 --batch 64 --window 40 --epochs 1 --dev-fraction 0.01 --ending line \
      --baseline-order 0 --precision auto $reverse
  done
}

opinion() { # NAME DATA OPTIONS…: classifiers of three seeds, and what they score on test
  name=$1 test=$2
  shift 2
  for training_seed in $SEEDS; do
    train sentiment "$name-$training_seed.zip" --precision auto "$@"
    [ "$TEST" = no ] || "$root/unroll" sentiment evaluate --model "$out/$name-$training_seed.zip" --data "$test" --json
  done
  unset training_seed
}

# Long reviews, begun with the models of words.
imdb() {
  opinion imdb "$out/imdb-test.tsv" --config reviews --train "$out/imdb-train.tsv" --dev "$out/imdb-dev.tsv" \
    --language-model "$out/words-forward.zip" --language-model "$out/words-backward.zip" --learning-rate 0.001 --epochs 2
}

# Sentences, begun with a classifier of long reviews.
sst2() {
  sst2=$data/sentiment/sst2
  opinion sst2 "$sst2/test.tsv" --train "$sst2/train.tsv" --dev "$sst2/dev.tsv" --begin-with "$out/imdb-1.zip" \
    --learning-rate 0.001 --epochs 4
}

renamed() { # FOLDER TYPES FILE…: copies of tagged sentences with their types renamed, numbered in their order
  folder=$1 types=$2
  shift 2
  for file in "$@"; do
    number=$((number + 1))
    awk -v types="$types" -f "$here/types.awk" "$file" > "$folder/$(printf %02d $number).conll"
  done
}

# A tagger that has learnt from all sentences of the other two sets, and from none of SET.
others() { # SET
  folder=$out/others-$1 number=0 epochs=4
  rm -rf "$folder"
  mkdir "$folder"
  btc=PER=PER,LOC=LOC,ORG=ORG wikigold=PER=PER,LOC=LOC,ORG=ORG,MISC=MISC
  wnut17=person=PER,location=LOC,corporation=ORG,group=ORG,creative-work=MISC,product=MISC
  if [ "$1" = wnut17 ]; then
    epochs=5
  elif [ "$1" = btc ]; then # which has no type for what is left
    wikigold=$btc wnut17=${wnut17%,creative-work*}
  fi
  [ "$1" = btc ] || for section in a b e g f h; do renamed "$folder" $btc "$data/ner/btc/$section.conll"; done
  [ "$1" = wikigold ] || renamed "$folder" $wikigold "$data/ner/wikigold/wikigold.conll.txt"
  [ "$1" = wnut17 ] || for part in train dev test; do renamed "$folder" $wnut17 "$data/ner/wnut17/$part.conll"; done
  train ner "others-$1.zip" --train "$folder" --vectors "$out/vectors.bin" --epochs $epochs --dev-fraction 0.05
}

score() { # SET DATA VECTORS FOLDER OPTIONS…
  set=$1
  shift
  if [ "$set" != wikigold ]; then
    BEGINNINGS=$beginnings "$root/benchmarks/ner/$set.sh" "$@" --threads "$threads"
    return
  fi
  [ "$TEST" = no ] && choose=--choose || choose=
  from=$1 vectors=$2 folder=$3
  shift 3
  for seed in $SEEDS; do
    BEGINNINGS=${beginnings:+$beginnings/$seed} "$root/benchmarks/ner/wikigold.sh" $choose "$from" "$vectors" "$folder/$seed" --seed "$seed" --threads "$threads" "$@"
  done
}

# Text without labels like that of a set, 60,000 sentences of 6 to 40 words: of Wikipedia, and for tweets half of them of reviews.
unlabelled() { # SET TEACHERS
  some() { # FILE FROM TO
    gzip -dc "$1" | perl "$here/sentences.pl" | awk 'NF >= 6 && NF <= 40' | shuf --random-source="$out/yes" | sed -n "$2,$3p"
  }
  case $1,$2 in
    wikigold,others) some "$wiki" 1 60000 ;;
    wikigold,self) some "$wiki" 60001 120000 ;;
    *,others) some "$reviews" 1 30000 && some "$wiki" 60001 90000 ;;
    *,self) some "$reviews" 30001 60000 && some "$wiki" 90001 120000 ;;
  esac > "$out/unlabelled-$1-$2.txt"
}

# What a tagger found in text without labels, and what then learns from that, before it learns from the set's own sentences.
# shellcheck disable=SC2086 # copies are words
student() { # SET SEED TEACHER TEXT STUDENT
  "$root/unroll" ner label --model "$3" --format tokens "$4" > "$5.conll" 2> "$5.log"
  "$root/unroll" ner train --train "$5.conll" --begin-with "$out/others-$1.zip" --model "$5" --dev-fraction 0 --epochs 2 \
    --learning-rate 0.001 --seed "$2" --threads "$threads" $copies 2>> "$5.log" | tail -n 1
}

students() { # SET TEACHERS: one for each of these, in beginnings
  teachers=$out/$1-$2 text=$out/unlabelled-$1-$2.txt beginnings=$out/$1-$2-students
  [ -s "$text" ] || unlabelled "$1" "$2"
  for seed in $SEEDS; do
    if [ "$1" = wikigold ]; then
      mkdir -p "$beginnings/$seed"
      for fold in 0 1 2 3 4; do
        student "$1" "$seed" "$teachers/$seed/$fold.zip" "$text" "$beginnings/$seed/$fold.zip"
      done
    else
      mkdir -p "$beginnings"
      student "$1" "$seed" "$teachers/$seed.zip" "$text" "$beginnings/$seed.zip"
    fi
  done
}

# F1 on the text as it is, in lower and in upper case; of wikigold the mean of the folds.
cases() { # SET DATA KIND
  [ "$TEST" = no ] && part=dev || part=test
  for seed in $SEEDS; do
    case $1,$part in
      wikigold,*)
        for fold in 0 1 2 3 4; do
          "$root/benchmarks/ner/case.sh" "$out/$1-$3/$seed/$fold.zip" "$out/$1-$3/$seed/$fold.$part"
        done
        ;;
      btc,dev) "$root/benchmarks/ner/case.sh" "$out/$1-$3/$seed.zip" "$2/f.conll" ;;
      btc,test) "$root/benchmarks/ner/case.sh" "$out/$1-$3/$seed.zip" "$2/h.conll" ;;
      *) "$root/benchmarks/ner/case.sh" "$out/$1-$3/$seed.zip" "$2/$part.conll" ;;
    esac | awk -v seed="$seed" '
      !($1 in sum) { name[++names] = $1 }
      { sum[$1] += $2; count[$1]++ }
      END { printf "seed %s", seed; for (n = 1; n <= names; n++) printf "  %s %.1f", name[n], sum[name[n]] / count[name[n]]; print "" }'
  done
}

tagger() { # SET DATA: with each of what a tagger may begin with
  for kind in $with; do
    echo "$1, $kind:"
    beginnings=
    case $kind in
      none) score "$1" "$2" none "$out/$1-$kind" ;;
      vectors) score "$1" "$2" "$out/vectors.bin" "$out/$1-$kind" ;;
      both)
        score "$1" "$2" "$out/vectors.bin" "$out/$1-$kind" --language-model "$out/forward.zip" \
          --language-model "$out/backward.zip" --embed
        ;;
      others)
        others "$1"
        case $1 in
          wnut17) epochs=${EPOCHS:-12} ;;
          btc) epochs=6 ;;
          wikigold) epochs=15 ;;
        esac
        score "$1" "$2" none "$out/$1-$kind" --begin-with "$out/others-$1.zip" --epochs $epochs
        ;;
      self | again)
        if [ "$kind" = self ]; then students "$1" others; else students "$1" self; fi
        # shellcheck disable=SC2086 # copies are words
        score "$1" "$2" none "$out/$1-$kind" --epochs 8 --learning-rate 0.001 $copies
        cases "$1" "$2" "$kind"
        ;;
    esac
  done
}

for step in ${*:-text vectors characters words imdb sst2 wnut17 wikigold btc}; do
  case $step in
    wnut17 | btc) tagger "$step" "$data/ner/$step" ;;
    wikigold) tagger wikigold "$data/ner/wikigold/wikigold.conll.txt" ;;
    *) "$step" ;;
  esac
done
