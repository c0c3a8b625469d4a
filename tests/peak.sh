#!/bin/sh
# The README's first commands, as a newcomer runs them: the small bot breaks (99), the prepared one holds (0).
set -eu
throng=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

expect() {
    wanted=$1
    shift
    found=0
    "$@" || found=$?
    if [ "$found" -ne "$wanted" ]; then
        echo "expected exit $wanted, found $found: $*" >&2
        exit 1
    fi
}

expect 0 "$throng" run smoke --out "$folder/smoke"
expect 99 "$throng" run singles-day --out "$folder/singles-day"
expect 0 "$throng" run singles-day-prepared --out "$folder/prepared"
for file in run.json scenario.yaml report.html latency.hlog run.sqlite junit.xml summary.md; do
    test -s "$folder/singles-day/$file" || { echo "missing or empty: $file" >&2; exit 1; }
done
