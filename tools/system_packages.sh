#!/bin/sh
# The one place where a target asks the machine for something that pip cannot install:
#
#   tools/system_packages.sh chromium java
#
# What is there is left alone. What is absent is installed where that is permitted (root, on Debian or Ubuntu); elsewhere
# the script says what to do and ends with 1.
set -eu

# name)  how to see that it is there                            the packages that bring it
know() {
    case "$1" in
    chromium) is_there="command -v chromium"                    packages="chromium chromium-driver" ;;
    java)     is_there="command -v java"                        packages="default-jre-headless" ;;
    lme4)     is_there="Rscript -e 'library(lme4)'"             packages="r-base-core r-cran-lme4" ;;
    matchit)  is_there="Rscript -e 'library(MatchIt)'"          packages="r-base-core r-cran-matchit" ;;
    pango)    is_there="ldconfig -p | grep -q libpangoft2-1.0"  packages="libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation" ;;
    postgresql) is_there="ls /usr/lib/postgresql/*/bin/initdb || command -v initdb"  packages="postgresql" ;;
    venv)     is_there="${SYSTEM_PYTHON:-python3} -c 'import ensurepip'"  packages="python3-venv" ;;
    *)
        echo "system packages: nothing here is called '$1'; the names are in tools/system_packages.sh" >&2
        exit 2
        ;;
    esac
}

is_there() {
    sh -c "$is_there" >/dev/null 2>&1
}

is_permitted() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

install_packages() {
    echo "system packages: installing $packages" >&2
    # shellcheck disable=SC2086 # several names in one variable
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >&2
}

need() {
    know "$1"
    if is_there; then return; fi
    if is_permitted && install_packages && is_there; then return; fi
    echo "system packages: $1 is missing and could not be installed from here." >&2
    echo "  On Debian or Ubuntu:  sudo apt-get install $packages" >&2
    echo "  Elsewhere: install what your system calls it, then run this again." >&2
    missing="${missing:-} $1"
}

for name in "$@"; do need "$name"; done
[ -z "${missing:-}" ]
