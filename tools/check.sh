#!/bin/sh
# Run every check, say which failed, and end with 1 if any did. The first failure does not hide the others.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
checks=0
failed=""

check() {
    name="$1"
    shift
    checks=$((checks + 1))
    echo "== $name"
    "$@" || failed="${failed:+$failed, }$name"
}

check "format" $bin/ruff format --check
check "lint" $bin/ruff check
check "types" $bin/mypy
check "layers" $bin/python -m pytest -q -n0 tests/test_layers.py
check "generated docs" $bin/python tools/generate_docs.py --check

if [ -n "$failed" ]; then
    echo "check: of $checks checks these failed: $failed"
    exit 1
fi
echo "check: all $checks passed"
