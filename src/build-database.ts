import { readConfig } from './config.ts'
import { openDirectory } from './store/directory.ts'

// Builds the database if it is missing or older than the seed, and serves nothing: `npm run database`.

try {
  const { DATABASE } = readConfig(process.env)
  const { db, dataset } = openDirectory(DATABASE)
  db.$client.close()
  process.stdout.write(`${DATABASE} holds dataset ${dataset}.\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
