import { mkdtempSync } from 'node:fs'
const dir = mkdtempSync('/tmp/imp/x')
import * as word from 'docx'
import { importFile, pointTexts } from './importer.ts'
import { docxOf } from './fixtures/outcome-documents.ts'
import { archive, item, paragraph, run, table, wordFile, wordPart } from './fixtures/word-files.ts'
const t: any = { testdir: () => dir }
async function show(name: string, b: Buffer) {
  const r = await importFile(t, 'a.docx', b, '--session', '2023-77')
  console.log(`== ${name} ${r.status} ${JSON.stringify(r.outcome && pointTexts(r.outcome))} ${r.outcome?.date} ${r.outcome?.organizer}\n${r.status?r.report:[...r.omitted.map(x=>'  O '+x),...r.adapted.map(x=>'  A '+x),...r.check.map(x=>'  C '+x)].join('\n')}`)
}
const num = (fmt: string, text: string, more='') => ({ 'word/numbering.xml': wordPart('numbering', `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${fmt}"/><w:lvlText w:val="${text}"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="Part %1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>${more}</w:num>`)})
await show('white', wordFile(item(run('Seen ')+run('unseen','<w:color w:val="FFFFFF"/>')+run(' here.'))))
await show('white on dark shade', wordFile(item(run('White on blue','<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>'))))
await show('white in dark cell', wordFile(`<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr>${paragraph(run('In a cell','<w:color w:val="FFFFFF"/>'))}</w:tc></w:tr></w:tbl>`))
await show('black on black hl', wordFile(item(run('Seen ')+run('Secret','<w:color w:val="000000"/><w:highlight w:val="black"/>'))))
await show('auto on black hl', wordFile(item(run('Seen ')+run('Secret','<w:highlight w:val="black"/>'))))
await show('tiny', wordFile(item(run('Seen ')+run('Secret','<w:sz w:val="2"/>'))))
await show('label', wordFile(item('Tar')+item('Sub',1)+item('Sub2',1)+item('Sails'), num('decimal','Recommendation %1:')))
await show('labelcjk', wordFile(item('Tar')+item('Sails'), num('decimal','第%1条')))
await show('labelchinesecount', wordFile(item('Tar')+item('Sails'), num('chineseCounting','第%1条')))
await show('label roman', wordFile(item('Tar')+item('Sails'), num('upperRoman','Article %1')))
await show('label section', wordFile(item('Tar')+item('Sails'), num('decimal','§ %1')))
await show('numeric', wordFile(item('Tar')+item('Sails'), num('decimal','%1.')))
await show('roman', wordFile(item('Tar')+item('Sails'), num('upperRoman','%1.')))
await show('box', wordFile(item('Tar')+item('Sails'), num('bullet','☐')))
await show('wbox', wordFile(item('Tar')+item('Sails'), num('bullet','\uf0a8')))
await show('wbullet', wordFile(item('Tar')+item('Sails'), num('bullet','\uf0b7')))
await show('emoji bullet', wordFile(item('Tar')+item('Sails'), num('bullet','👍')))
await show('start', wordFile(item('Tar')+item('Sails'), num('decimal','Step %1', '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')))
await show('u2028', wordFile(item('Lamps matter.\u2028Chairs do not.')+item('One\u2028• Two')))
const u16 = (x: string) => Buffer.concat([Buffer.from([0xff,0xfe]), Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${x}`,'utf16le')])
const body = ['Summary of Session: Boats','Harbour Institute','13 March 2023 | 15:00-15:45 (UTC+01:00)','Key issues discussed'].map((x)=>paragraph(x)).join('')+item('Tär')
await show('utf16', archive({ 'word/document.xml': u16(wordPart('document', `<w:body>${body}</w:body>`)) }))
await show('utf16 nobom', archive({ 'word/document.xml': Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${wordPart('document', `<w:body>${body}</w:body>`)}`,'utf16le') }))
await show('latin1 decl', archive({ 'word/document.xml': Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${wordPart('document', `<w:body>${body}</w:body>`)}`,'latin1') }))
const rel = (target: string, type='officeDocument') => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/${type}" Target="${target}"/></Relationships>`
await show('strict abs other folder', archive({ '_rels/.rels': rel('/doc/main.xml'), 'doc/main.xml': wordPart('document', `<w:body>${body}${item(run('x')+'<w:r><w:footnoteReference w:id="1"/></w:r>')}</w:body>`), 'doc/_rels/main.xml.rels': rel('notes/fn2.xml','footnotes'), 'doc/notes/fn2.xml': wordPart('footnotes', `<w:footnote w:id="1">${paragraph('A note')}</w:footnote>`) }))
await show('xlsx', archive({ '_rels/.rels': rel('xl/workbook.xml'), 'xl/workbook.xml': '<workbook/>' }))
await show('docx lib', await docxOf([...['Summary of Session: Boats','Harbour Institute','13 March 2023','Key issues'].map(x=>new word.Paragraph(x)), new word.Paragraph({children:[new word.TextRun('Visible '), new word.TextRun({text:'white', color:'FFFFFF'}), new word.TextRun({text:'struck', strike:true})], bullet:{level:0}})]))
