import t from 'tap'
import { operationsOf, readDocument } from './fuzz/document.ts'
import { fuzz } from './fuzz/fuzz.ts'
import { peakMemory, startProcess } from './process.ts'

// FUZZ_SECONDS=60 asks for a minute instead of once; FUZZ_SEED=7 asks other questions.
const seconds = Number(process.env.FUZZ_SECONDS ?? 0)
const seed = Number(process.env.FUZZ_SEED ?? 1)
t.setTimeout((seconds + 120) * 1000)

const { url, child } = await startProcess(t, { LOG_LEVEL: 'warn' === 'warn' ? 'info' : 'warn' })
const begun = Date.now()
const found = await fuzz(url, readDocument(), { seed, seconds })
console.log(found.asked, Date.now() - begun, peakMemory(child), JSON.stringify(found.statuses, null, 0))
console.log(found.errors.length, found.errors.slice(0, 25).join('\n'))
