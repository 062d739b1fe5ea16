# Shares of the samples that `perf script -F comm,ip,sym,dso` prints, by what was computed; see shares.sh. The compiler's threads do not
# count. Code without a name is what oneDNN generates: its products and, computed with them, its cells.

function share(comm, symbol, library) {
  if (comm ~ /^(VM|GC)/) return "allocation, kernel, machine"
  if (symbol == "[unknown]" && library !~ /\.so|kernel/) return "products and cells"
  if (library ~ /perf-[0-9]+\.map/) {
    if (symbol ~ /AdamRule|DenseParameter|SparseParameter|training\.Optimizer|training\.Floats/) return "Adam and the norm"
    if (symbol ~ /layers\.dropout/) return "dropout"
    if (symbol ~ /layers\.pooling|[Ss]oftmax|VectorExp/) return "softmax, pooling"
    if (symbol ~ /Pointer\.(memcpy|memset)|StubRoutines|kernel\.Part|layers\.memory\.Copier/) return "copies"
    return "Deeplearning4j, JavaCPP, the rest of Java"
  }
  if (library ~ /libdnnl/) return symbol ~ /copy_(init|res)_/ ? "copies" : "products and cells"
  if (library ~ /openblas/) return "products and cells"
  if (library ~ /libc\.so/ && symbol ~ /^__mem/) return "copies"
  if (library ~ /nd4jcpu|libgomp/) return "ND4J's operations"
  if (library ~ /libjni/) return "Deeplearning4j, JavaCPP, the rest of Java"
  return "allocation, kernel, machine"
}

{
  count++
  # COMM ADDRESS SYMBOL (LIBRARY); a command may have blanks.
  match($0, /[0-9a-f]+ [^ ].*$/)
  line = $0
  library = line; sub(/^.*\(/, "", library); sub(/\)$/, "", library)
  comm = line; sub(/ +[0-9a-f][0-9a-f]+ .*$/, "", comm); sub(/^ +/, "", comm)
  symbol = line; sub(/^.* [0-9a-f][0-9a-f]+ /, "", symbol); sub(/ \([^(]*\)$/, "", symbol)
  if (comm ~ /Compiler|Sweeper/) { count--; next }
  samples[share(comm, symbol, library)]++
  if (symbol != "[unknown]") names[substr(symbol, 1, 100) " " library]++
}

END {
  for (s in samples) printf "%6.1f %%  %s\n", 100 * samples[s] / count, s | "sort -rn"
  close("sort -rn")
  if (symbols) {
    command = "sort -rn | head -n " symbols
    for (n in names) printf "%6.2f %%  %s\n", 100 * names[n] / count, n | command
  }
}
