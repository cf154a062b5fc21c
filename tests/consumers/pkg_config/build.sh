#!/bin/sh
# Usage: build.sh COMPILER PACKAGE SOURCE PROGRAM. Builds SOURCE with one plain compiler line.
set -eu
# The flags are several words.
# shellcheck disable=SC2046
"$1" -std=c++20 "$3" -o "$4" $(pkg-config --cflags --libs "$2")
