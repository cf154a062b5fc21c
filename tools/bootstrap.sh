#!/bin/sh
# Installs the Debian packages that a task needs and that are missing.
# Usage: tools/bootstrap.sh demo|test|bench|sanitize|wheel|format|tidy
#
# Asks dpkg first: when everything is there it neither needs the network nor root.
set -eu

library="make cmake ninja-build g++ pkg-config libeigen3-dev libboost-dev nlohmann-json3-dev libutf8proc-dev"
# The journal is built where SQLite is there.
journal="libsqlite3-dev"
# Publications are signed where libsodium is there.
signatures="libsodium-dev"
# pip checks certificates against the list of the system.
python="python3 python3-dev python3-venv ca-certificates"
# Looks at the page of examples/live_server.py.
browser="chromium"
case "${1-}" in
    demo) packages="$library $signatures" ;;
    bench) packages="$library $journal $signatures ccache libbenchmark-dev" ;;
    wheel) packages="$library $journal $signatures ccache $python" ;;
    format) packages="make clang-format-14" ;;
    sanitize) packages="$library $journal $signatures ccache doctest-dev clang-14 libclang-rt-14-dev" ;;
    tidy) packages="$library $journal $signatures ccache doctest-dev libbenchmark-dev clang-14 clang-tidy-14" ;;
    test)
        packages="$library $journal $signatures ccache doctest-dev libbenchmark-dev clang-14
libclang-rt-14-dev $python $browser" ;;
    *)
        echo "usage: tools/bootstrap.sh demo|test|bench|sanitize|wheel|format|tidy" >&2
        exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "thuocdo: this is not a Debian system; going on with what is installed." >&2
    echo "thuocdo: needed, by their Debian names: $packages" >&2
    exit 0
fi

missing=""
for package in $packages; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "thuocdo: installing$missing"
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        echo "thuocdo: these packages are missing and there is neither root nor sudo; run as root:" >&2
        echo "    apt-get install --yes --no-install-recommends$missing" >&2
        exit 1
    fi
fi

# One try with the lists that are there would fail on a fresh image; the lists come first.
# shellcheck disable=SC2086
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get update ||
    ! $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends $missing </dev/null; then
    echo "thuocdo: could not install$missing" >&2
    echo "thuocdo: check the network and /etc/apt/sources.list, then run the same command again." >&2
    exit 1
fi
