// Loaded before the service by any Node: one that is too old cannot read its TypeScript, and would say so in a stack trace.
const { node: range } = require('../package.json').engines
const [major, minor] = process.versions.node.split('.').map(Number)
const [, wantedMajor, wantedMinor] = /(\d+)\.(\d+)/.exec(range).map(Number)
if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  process.stderr.write(
    `This is Node ${process.versions.node}; the service needs ${range}. "npm ci" with development packages brings one.\n`,
  )
  process.exit(1)
}
