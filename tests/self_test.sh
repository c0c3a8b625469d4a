#!/bin/sh
# The small self-test must be in tolerance (0). Where the machine was too busy to tell (98) it is tried again, three times in all.
set -u
throng=$1
for attempt in 1 2 3; do
    found=0
    "$throng" self-test --quick || found=$?
    [ "$found" -eq 98 ] || exit "$found"
    echo "try $attempt: this machine was too busy to tell" >&2
done
exit 98
