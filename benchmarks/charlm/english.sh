#!/bin/sh
# English from two dictionaries that Debian packages, as lines: paragraphs of the Collaborative International
# Dictionary (dict-gcide), without pronunciations and origins, and the words and glosses of WordNet (wordnet-base).
# A language model trained on it has met most words of English, the rare ones too, in sentences about what they mean.
# Usage: benchmarks/charlm/english.sh FOLDER [TEXT…]
#   FOLDER   receives train.txt, dev.txt and test.txt: of every 200 lines, one goes to dev and one to test
#   TEXT     more English, a paragraph a line; .gz too
set -eu
out=$1
shift
mkdir -p "$out"
out=$(cd "$out" && pwd)

packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
(cd "$packages" && apt-get download dict-gcide wordnet-base > /dev/null)
for package in "$packages"/*.deb; do
  dpkg-deb --extract "$package" "$packages"
done

{
  # Paragraphs: Abaca \Ab"a*ca\ ([a^]b"[.a]*k[.a]), n. [The native name.]
  gzip -dc < "$packages/usr/share/dictd/gcide.dict.dz" | iconv -f windows-1252 -t utf-8 | awk '
    BEGIN { RS = "" }
    /^00-database/ { next }
    {
      gsub(/[ \n]+/, " ")
      gsub(/ \([^ )]*\[[^)]*\)/, "")    # how it sounds
      gsub(/\\[^\\]*\\/, "")            # how it is hyphenated
      gsub(/\[[^]]*\]/, "")             # where it comes from, and who wrote the entry
      gsub(/[{}]/, "")
      gsub(/ +/, " "); gsub(/ ,/, ","); sub(/^ /, ""); sub(/ $/, "")
      if (length > 20) print
    }'
  # A line: 07767847 13 n 01 pear 0 003 … | sweet juicy gritty-textured fruit available in many varieties
  cat "$packages"/usr/share/wordnet/data.* | awk '
    BEGIN { for (i = 0; i < 16; i++) hex[sprintf("%x", i)] = i }
    /^[0-9]/ {
      n = 16 * hex[substr($4, 1, 1)] + hex[substr($4, 2)]
      words = $5
      for (i = 1; i < n; i++) words = words ", " $(5 + 2 * i)
      gsub(/_/, " ", words)
      gloss = substr($0, index($0, "| ") + 2)
      sub(/ +$/, "", gloss)
      print words ": " gloss
    }'
  for text; do
    case $text in *.gz) gzip -dc "$text" ;; *) cat "$text" ;; esac
  done
} | awk -v out="$out" '{ print > (out "/" (NR % 200 == 100 ? "dev" : NR % 200 == 0 ? "test" : "train") ".txt") }'
wc -lm "$out"/train.txt "$out"/dev.txt "$out"/test.txt
