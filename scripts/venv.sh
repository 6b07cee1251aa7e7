#!/bin/sh
# Create the virtual environment with the first Python that is new enough.
# usage: sh scripts/venv.sh .venv [python]
set -eu

here=$(dirname "$0")
venv=$1
wanted=${2:-}

# A name on the PATH is not yet a Python: version managers leave names that only explain
# themselves. So each candidate has to run.
new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

first_python() {
    for candidate in ${wanted:-python3.13 python3.12 python3.11 python3}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

python=$(first_python)
if [ -z "$python" ] && [ -n "$wanted" ]; then
    echo "PYTHON=$wanted is not a Python 3.11 or newer that runs here." >&2
    exit 1
fi
if [ -z "$python" ]; then
    sh "$here/need.sh" "Python 3.11 or newer" \
        "Get it from python.org or with 'brew install python@3.13'" python3 python3-venv
    python=$(first_python)
fi
if [ -z "$python" ]; then
    echo "This system's Python is older than 3.11. Install a newer one (Ubuntu 22.04:" >&2
    echo "apt-get install python3.11 python3.11-venv), then run make again." >&2
    exit 1
fi

# Debian and Ubuntu keep the part of Python that makes environments in a package of its own.
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    sh "$here/need.sh" "The venv module of $version" "Install $version with its standard library" \
        "$version-venv"
fi

echo "Creating $venv with $("$python" --version)"
"$python" -m venv --clear "$venv"
