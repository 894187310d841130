import { readSeed, seedFolder } from './seed/seed.ts'
import { SeedError } from './seed/seed-errors.ts'

// Checks a seed folder and says every fault at once: `npm run seed:check`, or with another folder behind `--`.

const folder = process.argv[2] ?? seedFolder
try {
  const seed = readSeed(folder)
  const rows = [...seed.annexes.values()].flat().length
  process.stdout.write(
    `The seed is right: ${seed.actionLines.length} action lines, ${seed.agencies.length} bodies, ${seed.sources.length} sources, ${rows} rows of annexes, ${seed.reports.length} reports, ${seed.sessions.length} sessions, ${seed.outcomes.length} outcome documents. Dataset ${seed.dataset}.\n`,
  )
  if (seed.releases.at(-1)?.dataset !== seed.dataset)
    process.stdout.write('This dataset is not released yet: when all changes are done, npm run release.\n')
} catch (error) {
  process.stderr.write(`${error instanceof SeedError ? error.faults.join('\n') : String(error)}\n`)
  process.exitCode = 1
}
