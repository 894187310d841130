#!/bin/sh
# Takes out of node_modules, in the folder where it runs, what no running service reads: types, source maps, sources in
# C, and the binaries of better-sqlite3 for other platforms. The licences stay.
set -eu
find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src
this=$(node -p '`linux${process.report.getReport().header.glibcVersionRuntime ? "" : "musl"}-${process.arch}.node`')
find node_modules/better-sqlite3/prebuilds -type f ! -name "$this" -delete
