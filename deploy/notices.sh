#!/bin/sh
# Writes into a folder the packages of a production install, and their licences: sbom.spdx.json (SPDX 2.3) and
# LICENSES.txt (the licence text of each, or that the package has none). Run it where node_modules is.
set -eu
# "npm sbom --omit=dev" also leaves out each package that a development package needs, too; without any it leaves out none.
cp package.json package.json.whole
trap 'mv package.json.whole package.json' EXIT
npm pkg delete devDependencies
npm sbom --sbom-format spdx >"$1/sbom.spdx.json"
node -e '
  for (const folder of Object.keys(JSON.parse(fs.readFileSync("node_modules/.package-lock.json")).packages).sort()) {
    const { name, version, license } = JSON.parse(fs.readFileSync(`${folder}/package.json`))
    console.log(`== ${name} ${version} (${license})\n`)
    const files = fs.readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile())
    const texts = files.filter((file) => /^(licen[cs]e|notice|copying)/i.test(file.name))
    for (const text of texts) console.log(fs.readFileSync(`${folder}/${text.name}`, "utf8"))
    if (texts.length === 0) console.log(`This package has no licence text; its package.json says ${license}.\n`)
  }' >"$1/LICENSES.txt"
