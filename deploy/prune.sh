#!/bin/sh
# Takes out of node_modules, in the folder where it runs, what no running service reads: types and other TypeScript,
# source maps, Markdown, tests, sources in C, and the binaries of better-sqlite3 for other platforms. The licences stay.
set -eu
find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) -delete
find node_modules -type f -name '*.md' ! -iname 'licen[cs]e*' ! -iname 'notice*' ! -iname 'copying*' -delete
find node_modules -type d \( -name test -o -name tests -o -name benchmark -o -name benchmarks \) -prune -exec rm -r {} +
rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src
this=$(node -p '`linux${process.report.getReport().header.glibcVersionRuntime ? "" : "musl"}-${process.arch}.node`')
find node_modules/better-sqlite3/prebuilds -type f ! -name "$this" -delete
