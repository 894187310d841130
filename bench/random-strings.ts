import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../src/app.ts'
import { openDirectory } from '../src/store/directory.ts'
import { questions, randomTexts } from './random-texts.ts'

// Prints the ratio of the slowest to the median of ten thousand random texts, for each endpoint that reads a text.
// Every text is sent to several fresh services, so that none has it cached, and its fastest response counts: other load
// on the machine affects some of them, the cost of a text affects all.

const rounds = 3
const texts = randomTexts(10_000)
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const fastest = new Map(Object.keys(questions).map((way) => [way, texts.map(() => Number.POSITIVE_INFINITY)]))

for (let round = 0; round < rounds; round++) {
  const app = await buildApp({ directory: openDirectory(join(folder, 'directory.sqlite')) })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  for (const [way, question] of Object.entries(questions)) {
    const times = fastest.get(way) ?? []
    for (const [index, text] of texts.entries()) {
      const [path, init] = question(text)
      const begun = performance.now()
      const answer = await fetch(origin + path, init)
      await answer.arrayBuffer()
      times[index] = Math.min(Number(times[index]), performance.now() - begun)
      if (answer.status >= 500) throw new Error(`${way} answered ${answer.status} to ${JSON.stringify(text)}`)
    }
  }
  await app.close()
}
rmSync(folder, { recursive: true })

process.stdout.write(
  `\n${texts.length} random texts, fastest of ${rounds}: the slowest to the median (wanted: at most 50)\n`,
)
for (const [way, times] of fastest) {
  const slowest = times.indexOf(Math.max(...times))
  const median = Number(times.toSorted((a, b) => a - b)[times.length / 2])
  const ratio = Number(times[slowest]) / median
  process.stdout.write(
    `${way.padEnd(8)} ${ratio.toFixed(1).padStart(6)} x  ${JSON.stringify(texts[slowest]).slice(0, 60)}\n`,
  )
}
