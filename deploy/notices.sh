#!/bin/sh
# Writes into a folder what the packages are that the service runs with, and under which licences: sbom.spdx.json
# (SPDX 2.3, from the lock file) and LICENSES.txt (the text of each licence).
set -eu
npm sbom --omit=dev --package-lock-only --sbom-format spdx >"$1/sbom.spdx.json"
npm ls --omit=dev --all --parseable | tail -n +2 | sort -u | while read -r folder; do
  node -p 'const { name, version, license } = require(process.argv[1]); `== ${name} ${version} (${license})\n`' "$folder/package.json"
  find "$folder" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'notice*' \) -exec cat {} +
  echo
done >"$1/LICENSES.txt"
