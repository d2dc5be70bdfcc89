#!/bin/sh
# Make .venv hold what requirements-dev.lock says, and this project itself. Does nothing when that is so already.
#
#   PYTHON="python3 python3.12" tools/set_up.sh     interpreters to try, in this order
set -eu
cd "$(dirname "$0")/.."
lock=requirements-dev.lock
stamp=.venv/set-up-from

# The folder is part of the stamp: an environment that was moved still runs the code of the folder it came from.
folder="$(pwd)"
wanted="$folder
$(cat "$lock" pyproject.toml tools/set_up.sh | cksum)"
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

stop() {
    echo "setup: $1" >&2
    exit 1
}

is_suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.12 python3.11}; do
        if is_suitable "$candidate"; then
            echo "$candidate"
            return
        fi
        tried="${tried:-}${tried:+, }$candidate ($("$candidate" --version 2>/dev/null || echo "not found"))"
    done
    stop "this project needs Python 3.11 or 3.12; tried $tried. Install one of them, or name it: make setup PYTHON=/path/to/python3.12"
}

# Some distributions ship Python without the part that puts pip into a new environment; the machine's own pip does as well.
create_environment() {
    rm -rf .venv
    if ! "$1" -c 'import ensurepip' 2>/dev/null; then
        if "$1" -m pip --version >/dev/null 2>&1; then
            "$1" -m venv --without-pip .venv
            return
        fi
        SYSTEM_PYTHON="$1" tools/system_packages.sh venv
    fi
    "$1" -m venv .venv || stop "$1 cannot create an environment in .venv: see the message above"
}

pip_into_environment() {
    if .venv/bin/python -c 'import pip' 2>/dev/null; then
        .venv/bin/python -m pip "$@"
    else
        "$python" -m pip --python .venv/bin/python "$@"
    fi
}

# uv is pinned where everything else is: in the lock, with its hashes.
install_uv() {
    awk '/^[^ #]/ { keep = /^uv==/ } keep' "$lock" >.venv/uv.txt
    pip_into_environment install --quiet --no-deps --only-binary :all: --require-hashes -r .venv/uv.txt ||
        stop "uv could not be installed: see pip's message above"
}

is_of_this_folder() {
    [ ! -f "$stamp" ] || [ "$(head -n 1 "$stamp")" = "$folder" ]
}

python="$(find_python)"
if ! { is_suitable .venv/bin/python && is_of_this_folder; }; then create_environment "$python"; fi
install_uv
# Compiled once here, every start is half as long, also where the program may not write beside its modules.
.venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --only-binary :all: --require-hashes \
    -r "$lock" ||
    stop "packages could not be installed. Where they come through a mirror, name it in UV_DEFAULT_INDEX: uv does not read pip's settings"
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . ||
    stop "the project itself could not be installed: see the message above"
.venv/bin/python -m compileall -q src
echo "$wanted" >"$stamp"
echo "setup: .venv is ready ($(.venv/bin/python --version))"
