import { readConfig } from './config.ts'
import { exportsOf } from './services/export-files.ts'
import { openDirectory } from './store/directory.ts'

// Builds the database and the exports if they are missing or older than the seed, and serves nothing: `npm run database`.

try {
  const { DATABASE, PUBLIC_URL } = readConfig(process.env)
  const directory = openDirectory(DATABASE)
  await exportsOf(directory, PUBLIC_URL)
  process.stdout.write(`${DATABASE} holds dataset ${directory.dataset}.\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
