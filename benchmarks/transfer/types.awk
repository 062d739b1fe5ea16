# Tagged sentences in columns with their types renamed, in BIO; documents are not marked any more.
# Usage: awk -v types=person=PER,location=LOC -f types.awk FILE…     types that are not named become O
BEGIN {
  pairs = split(types, pair, ",")
  for (i = 1; i <= pairs; i++) {
    split(pair[i], name, "=")
    renamed[name[1]] = name[2]
  }
}
/^-DOCSTART-/ { next }
!NF {
  if (open) print ""
  open = 0
  last = ""
  next
}
{
  type = $NF == "O" ? "" : renamed[substr($NF, 3)]
  begins = $NF ~ /^B-/ || type != last
  print $1 "\t" (type == "" ? "O" : (begins ? "B-" : "I-") type)
  last = type
  open = 1
}
