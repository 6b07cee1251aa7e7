#!/bin/sh
# Make sure that PostgreSQL's server is there for the tests of the warehouse, which start one of
# their own. Where it cannot be installed without asking, say how, and go on: those tests are then
# skipped and say why.
# usage: sh scripts/postgres.sh
set -eu

here=$(dirname "$0")
choices=/etc/postgresql-common/createcluster.conf

for program in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
    if [ -n "$program" ] && [ -x "$program" ]; then
        exit 0
    fi
done

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "PostgreSQL's server is missing: the tests of the warehouse will be skipped. To run them:" >&2
    echo "    sudo apt-get install postgresql (Debian, Ubuntu), or brew install postgresql" >&2
    exit 0
fi

# Debian's package would make a database of the system's own and start it on the usual port. Its
# choices come with a package of their own, which is first.
skipped() {
    echo "PostgreSQL could not be installed: the tests of the warehouse will be skipped." >&2
    exit 0
}
sh "$here/need.sh" "PostgreSQL's choices" "" postgresql-common || skipped
mkdir -p "$(dirname "$choices")"
touch "$choices"
sed -i '/^[# ]*create_main_cluster/d' "$choices"
echo "create_main_cluster = false" >>"$choices"
sh "$here/need.sh" "PostgreSQL's server for the tests" "" postgresql || skipped
