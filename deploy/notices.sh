#!/bin/sh
# Writes into a folder what the packages are that the service runs with, and under which licences: sbom.spdx.json
# (SPDX 2.3, from the lock file) and LICENSES.txt (the text of each licence).
set -eu
npm sbom --omit=dev --package-lock-only --sbom-format spdx >"$1/sbom.spdx.json"
npm ls --omit=dev --all --parseable | tail -n +2 | sort -u | node -e '
  for (const folder of fs.readFileSync(0, "utf8").trim().split("\n")) {
    const { name, version, license } = require(`${folder}/package.json`)
    console.log(`== ${name} ${version} (${license})\n`)
    for (const file of fs.readdirSync(folder, { withFileTypes: true }))
      if (file.isFile() && /^(licen[cs]e|notice)/i.test(file.name))
        console.log(fs.readFileSync(`${folder}/${file.name}`, "utf8"))
  }' >"$1/LICENSES.txt"
