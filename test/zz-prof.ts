import { docxOfText, pdfOfText, header } from './fixtures/outcome-documents.ts'
import { readFormat } from '../importer/format-thread.ts'
import { linesOf } from '../importer/document.ts'
import { readOutcome } from '../importer/reading.ts'
import { newReport } from '../importer/report.ts'
const sentence = 'Lamps are lit on every quay of the town in winter, by the keepers of the light and their friends from the post office, who like it so.'
const text = (n: number) => `${header}Key issues\n\n${Array.from({ length: n }, (_, i) => `- ${i} ${sentence}`).join('\n')}\n`
const kind = process.argv[2] as 'docx' | 'pdf'
const bytes = kind === 'docx' ? await docxOfText(text(2050)) : await pdfOfText(text(1600))
const t0 = performance.now(), c0 = process.cpuUsage()
const x: any = await readFormat({ format: kind, bytes })
const t1 = performance.now()
const r = newReport(); const l = linesOf(x, kind, r); const t2 = performance.now(); readOutcome(l, '2023-77', r)
const c = process.cpuUsage(c0)
console.log(kind, 'read', Math.round(t1 - t0), 'lines', Math.round(t2 - t1), l.length, 'outcome', Math.round(performance.now() - t2), 'cpu', (c.user + c.system) / 1000)
