#!/bin/sh
# Make sure that LibreOffice's spreadsheet is there for the test that lets it recalculate a workbook
# of ours. Where it cannot be installed without asking, say how, and go on: that test is then
# skipped and says why.
# usage: sh scripts/office.sh
set -eu

here=$(dirname "$0")

if command -v soffice >/dev/null 2>&1; then
    exit 0
fi

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "LibreOffice is missing: the test of the workbook's formulas in it will be skipped. To run" >&2
    echo "it: sudo apt-get install libreoffice-calc (Debian, Ubuntu), or brew install libreoffice" >&2
    exit 0
fi

sh "$here/need.sh" "LibreOffice's spreadsheet for the tests" "" libreoffice-calc || {
    echo "LibreOffice could not be installed: the test of the workbook in it will be skipped." >&2
}
