#!/bin/sh
# Run every script in bench/: each prints one figure beside its peer or limit, and ends with 1 when it misses the limit.
set -u
cd "$(dirname "$0")/.."
missed=""
for script in bench/[a-z]*.py; do
    if [ ! -e "$script" ]; then
        echo "bench: there is no script in bench/" >&2
        exit 1
    fi
    echo "== $script"
    .venv/bin/python "$script" || missed="$missed $script"
done
[ -z "$missed" ] || { echo "bench: missed:$missed"; exit 1; }
