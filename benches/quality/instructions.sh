#!/bin/sh
# Instructions that scoring one turn takes, by answer: what repeats on a machine whose timings do not. Needs valgrind.
# The difference between many turns and fewer leaves start-up and the first sight of every pattern out.
set -eu
binary=$1
count() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" 2>&1 | sed -n 's/.*Collected : //p'; }
for answer in zh en fallback long limit people; do
    few=500 many=1000
    [ $answer = people ] && few=818 many=1636
    before=$(count $answer $few)
    after=$(count $answer $many)
    echo "$answer: $(((after - before) / (many - few))) instructions a turn"
done
