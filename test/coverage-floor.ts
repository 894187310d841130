import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// Fails if the tests run too little of the code. Not every line: whether some run depends on timing.

const floor = 98
const report = join(import.meta.dirname, '../.tap/report/coverage-summary.json')
const { total } = JSON.parse(readFileSync(report, 'utf8'))
const lines: number = total.lines.pct
process.stdout.write(
  `coverage: ${lines} % of lines, ${total.branches.pct} % of branches (floor: ${floor} % of lines)\n`,
)
if (lines < floor) process.exitCode = 1
