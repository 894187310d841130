import { SeedError } from './seed/findings.ts'
import { readSeed, seedFolder } from './seed/seed.ts'

// Checks a seed folder and prints all errors, or all warnings: `npm run seed:check`, or with another folder after `--`.

const folder = process.argv[2] ?? seedFolder
try {
  const seed = readSeed(folder)
  const counts = [
    `${seed.actionLines.length} action lines`,
    `${seed.agencies.length} agencies`,
    `${seed.sources.length} sources`,
    `${seed.editions.size} editions with ${[...seed.editions.values()].flat().length} rows`,
    `${seed.reports.length} reports`,
    `${seed.sdg.links.length} lines with SDG links`,
    `${seed.gdc.links.length} GDC links`,
    `${seed.keywords.length} keywords`,
    `${seed.forums.length} forums`,
    `${seed.sessions.length} sessions`,
    `${seed.outcomes.length} outcome documents`,
  ]
  for (const warning of seed.warnings) process.stdout.write(`Warning: ${warning}\n`)
  process.stdout.write(`The seed is right: ${counts.join(', ')}. Dataset ${seed.dataset}.\n`)
  if (seed.releases.at(-1)?.dataset !== seed.dataset)
    process.stdout.write('This dataset is not released yet: when all changes are done, npm run release.\n')
} catch (error) {
  process.stderr.write(`${error instanceof SeedError ? error.errors.join('\n') : String(error)}\n`)
  process.exitCode = 1
}
