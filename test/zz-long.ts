import { mkdtempSync, writeFileSync } from 'node:fs'
const dir = mkdtempSync('/tmp/imp/x')
import { importFile } from './importer.ts'
import { header, docxOfText, pdfOfText } from './fixtures/outcome-documents.ts'
const t: any = { testdir: () => dir }
const sentence = 'Lamps are lit on every quay of the town in winter, by the keepers of the light and their friends from the post office, who like it so.'
const text = (n: number) => `${header}Key issues\n\n${Array.from({ length: n }, (_, i) => `- ${i} ${sentence}`).join('\n')}\n`
const files: any = { 'a.txt': text(2050), 'a.docx': await docxOfText(text(2050)), 'a.pdf': await pdfOfText(text(2050)) }
for (const [name, b] of Object.entries(files)) { const t0 = performance.now(); const c0 = process.cpuUsage(); const r = await importFile(t, name, b as any); const c = process.cpuUsage(c0); console.log(name, r.status, Math.round(performance.now() - t0), 'ms wall', Math.round((c.user + c.system) / 1000), 'ms cpu', r.outcome?.sections[0]?.points.length, r.report.slice(0, 300)) ; console.log((b as any).length)}
