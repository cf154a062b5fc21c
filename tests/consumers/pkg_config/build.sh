#!/bin/sh
# Usage: build.sh COMPILER SOURCE FOLDER. Builds SOURCE with one plain compiler line.
set -eu
mkdir -p "$3"
package=thuocdo-io
pkg-config --exists "$package" || package=thuocdo
# The flags are several words.
# shellcheck disable=SC2046
"$1" -std=c++20 -O1 "$2" -o "$3/consumer" $(pkg-config --cflags --libs "$package")
