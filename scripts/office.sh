#!/bin/sh
# Make sure that LibreOffice's spreadsheet and slides are there for the tests that let it recalculate
# a workbook of ours and lay out a report's slides. Where they cannot be installed without asking,
# say how, and go on: those tests are then skipped and say why.
# usage: sh scripts/office.sh
set -eu

here=$(dirname "$0")

# Debian installs the two apart; elsewhere they come together.
if command -v soffice >/dev/null 2>&1; then
    if command -v loimpress >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
        exit 0
    fi
fi

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "LibreOffice is missing: the tests of the workbook's formulas and of the slides in it will be" >&2
    echo "skipped. To run them: sudo apt-get install libreoffice-calc libreoffice-impress (Debian," >&2
    echo "Ubuntu), or brew install libreoffice" >&2
    exit 0
fi

sh "$here/need.sh" "LibreOffice for the tests" "" libreoffice-calc libreoffice-impress || {
    echo "LibreOffice could not be installed: the tests of files in it will be skipped." >&2
}
