# Sentences one a line, words and punctuation with one space between, as taggers' data have them.
use strict; use utf8; use open qw(:std :utf8);
while (<STDIN>) {
  chomp;
  s/<br ?\/>/ /g;
  s/(?<=[.!?])(["')]?) +(?=["'(]?\p{Lu})/$1\n/g;
  for my $s (split /\n/) {
    $s =~ s/([\p{Ps}\p{Pe}"“”;!?…]|\.\.\.+)/ $1 /g;
    $s =~ s/([,:])(?=\s|$)/ $1 /g;
    $s =~ s/(?<![.\w][.\w])([.])(["')\s]*)$/ $1 $2/ if $s !~ /\b(?:Mr|Mrs|Dr|St|Jr|Sr|vs|[A-Z])\.\s*$/;
    $s =~ s/(\w)\.\s*$/$1 ./;
    $s =~ s/('s|n't|'re|'ve|'ll|'d|'m)\b/ $1/g;
    $s =~ s/\s+/ /g; $s =~ s/^ | $//g;
    print "$s\n" if length $s > 1;
  }
}
