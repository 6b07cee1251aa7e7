#!/bin/sh
# Fail when one of the given files is over 500 kB, and name it.
# usage: sh scripts/large_files.sh file...
set -eu

large=$(find "$@" -type f -size +500000c)
if [ -n "$large" ]; then
    echo "Over 500 kB; generated tables belong in sample_data/:" >&2
    echo "$large" >&2
    exit 1
fi
