import { readText } from '../importer/text.ts'
import { linesOf } from '../importer/document.ts'
import { readOutcome } from '../importer/reading.ts'
import { newReport } from '../importer/report.ts'
import { bounds } from '../importer/bounds.ts'
const head = 'Summary of Session: Boats\n\n16 March 2023\n\nhttps://www.itu.int/net4/wsis/forum/2023/Agenda/Session/77\n\n'
const units = ['[insert ','[','a','1','1 ','1.','- ','-','"','“','“a ','(','((a','. ','a. ','a.b','/','http://a','https://www.itu.int/forum/','forum/2023/','c:\\a','\\\\a','/home/','\t','\t\t','a\t',' ','  ','\u00ad','\u00ad ','\u200d','&','&a','&amp;','<','=','*','**','**a','_a','__a','~~','~~a','`a','# ','\\','👍','👍 ','👩‍💻','①','a, ','Mr A, ','Mr A','A A ',': ','a:','A: "','said: ','H.E. ','Ã©','Ã','â€','é','中','，','N/A','I','IV','i','ii)','1:1','11:00 ','11:00-','11:00 to ','16 March ','16 March 2023 ','16-17 ','2023-','2023-03-16','2023-03-16T11:00','UTC','UTC+','UTC+1','CET ','CET/','de ','to ','—','–—','...','Key issues','Key issues (','Action plan ','Towards WSIS+20 ','please ','Session: ','Title: ','Organizer: ','Union ','ITU, ','ITU/','A&','\u2028','\v','\f','\r','a-\n','a-\n\n','- a\n','https://a/\n','"a\n','1\n','\n\n\na','Name\tRole\n','Name\nRole\n','a\tb\n','16 March 2023\n','Title\n','Date:\n','§ ','§ a\n','٣','\ud800','\ue000','TBD','XXX','xxxx','lorem','click here','https://eur03.safelinks.protection.outlook.com/?url=','.safelinks.protection.outlook.com/']
const only = process.env.ONLY
for (const place of ['body','header']) for (const unit of units) {
  if (only && unit !== only) continue
  const isLines = unit.includes('\n')
  const n = 290_000
  let text = ''
  if (isLines) text = unit.repeat(Math.min(Math.floor(n / unit.length), Math.floor(4900 / unit.split('\n').length)))
  else { const line = unit.repeat(Math.floor(9900 / unit.length)); text = `${line}\n`.repeat(29) }
  const doc = place === 'body' ? `${head}Key issues\n\n${text}` : `${text}\n${head}Key issues\n\n- Tar.\n`
  const t0 = performance.now()
  let out = 'ok'
  try { const r = newReport(); const l = linesOf(readText(Buffer.from(doc), bounds), 'txt', r); readOutcome(l, '2023-77', r) } catch (e) { out = String((e as Error).message).slice(0, 60) }
  const ms = performance.now() - t0
  if (ms > 700 || /lose/.test(out)) console.log(place, JSON.stringify(unit), Math.round(ms), out)
}
