#!/bin/sh
# Install Debian packages where that is possible without asking; else say what is missing and how
# to get it, and fail.
# usage: sh scripts/need.sh "what is missing" "how to get it elsewhere" package...
set -eu

missing=$1
elsewhere=$2
shift 2

if ! command -v apt-get >/dev/null 2>&1; then
    printf '%s is missing. %s, then run make again.\n' "$missing" "$elsewhere" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    printf '%s is missing. Install it, then run make again:\n' "$missing" >&2
    printf '    sudo apt-get install %s\n' "$*" >&2
    exit 1
fi

printf '%s is missing: installing %s\n' "$missing" "$*"
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
apt-get update -qq </dev/null
apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
