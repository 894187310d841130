import { buildApp } from './app.ts'
import { exportsPath, readConfig } from './config.ts'
import { openDirectory } from './store/directory.ts'

// Builds the database and the exports if they are missing or older than the seed, and serves nothing: `npm run database`.

try {
  const config = readConfig(process.env)
  const { DATABASE, PUBLIC_URL: publicUrl } = config
  const directory = openDirectory(DATABASE)
  const app = await buildApp({ directory, exportsPath: exportsPath(config), publicUrl })
  await app.exports()
  await app.close()
  process.stdout.write(`${DATABASE} holds dataset ${directory.dataset}.\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
