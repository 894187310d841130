import { mkdtempSync } from 'node:fs'
const dir = mkdtempSync('/tmp/imp/x')
const test = async (_: string, f: any) => f({ testdir: () => dir, pass() {} })
import { importFile, pointTexts } from './importer.ts'
import { headWords, rawPdf, words } from './fixtures/raw-pdf.ts'
const B='\\225 '
const lamps = words(B+'Lamps matter.', 72, 620)
const after = words(B+'Chairs do not.', 72, 588)
const secret = (before:string, size=11) => words(B+'Secret words.', 72, 604, before, size)
const cases: Record<string,[string[], any?]> = {
 white: [[headWords+lamps+secret('1 g')+after]],
 nearwhite: [[headWords+lamps+secret('0.99 1 0.98 rg')+after]],
 cmykwhite: [[headWords+lamps+secret('0 0 0 0 k')+after]],
 zero: [[headWords+lamps+secret('',0)+after]],
 tiny: [[headWords+lamps+secret('',0.5)+after]],
 tr3: [[headWords+lamps+secret('3 Tr')+after]],
 tr7: [[headWords+lamps+secret('7 Tr')+after]],
 outside: [[headWords+lamps+words('Secret words.',-300,604)+words('Below words',72,-20)+words('Right words',700,604)+after]],
 whitebox: [[headWords+lamps+secret('')+after+'1 g 60 600 300 14 re f\n']],
 blackbox: [[headWords+lamps+secret('')+after+'0 g 60 600 300 14 re f\n']],
 partbox: [[headWords+lamps+words(B+'We keep secret words here.',72,604)+after+'0 g 121 600 75 14 re f\n']],
 thickline: [[headWords+lamps+secret('')+after+'14 w 60 607 m 360 607 l S\n']],
 boxunder: [[headWords+lamps+'0 g 60 600 300 14 re f\n'+words(B+'White on black.',72,604,'1 g')+after]],
 blackonblack: [[headWords+lamps+'0 g 60 600 300 14 re f\n'+secret('')+after]],
 strikerect: [[headWords+lamps+secret('')+'0 g 72 607 80 0.6 re f\n'+after]],
 strikeline: [[headWords+lamps+secret('')+'0.5 w 72 607.5 m 160 607.5 l S\n'+after]],
 strikeword: [[headWords+lamps+words(B+'We keep ten boats here.',72,604)+'0.5 w 121 607.5 m 137 607.5 l S\n'+after]],
 underline: [[headWords+lamps+words(B+'Underlined words.',72,604)+'0.5 w 72 602.5 m 160 602.5 l S\n'+after]],
 watermark: [Array.from({length:3},(_,n)=> (n===0?headWords:'')+words(B+`Lamps ${n} matter.`,72,620)+`q 0.8 g BT /F1 60 Tf 0.707 0.707 -0.707 0.707 150 200 Tm (DRAFT) Tj ET Q\n`+words(B+`Chairs ${n}.`,72,588))],
 rotated90: [[headWords+lamps+'BT /F1 9 Tf 0 1 -1 0 30 200 Tm (Rotated in margin) Tj ET\n'+after]],
 rotate: [[headWords+lamps+after], {page:'/Rotate 90'}],
 rotate2: [[`q 0 1 -1 0 595 0 cm\n`+[headWords.replace(/1 0 0 1 (\d+) (\d+) Tm/g,(_:any,x:string,y:string)=>`1 0 0 1 ${x} ${Number(y)-250} Tm`), words(B+'Lamps matter.',72,370), words(B+'Chairs do not.',72,338)].join('')+'Q'], {page:'/Rotate 90'}],
 sideways: [[`q 0 1 -1 0 595 0 cm\n`+[headWords.replace(/1 0 0 1 (\d+) (\d+) Tm/g,(_:any,x:string,y:string)=>`1 0 0 1 ${x} ${Number(y)-250} Tm`), words(B+'Lamps matter.',72,370), words(B+'Chairs do not.',72,338)].join('')+'Q']],
 linenosright: [[headWords+lamps+after+Array.from({length:12},(_,n)=>words(String(5*n+5),560,780-n*16,'',7)).join('')]],
 twice: [[headWords+lamps+after+words('Lamps',81.17,620)+words('matter.',116.6,620.2)]],
 twicesameop: [[headWords+words(B+'Lamps matter.', 72, 620)+words(B+'Lamps matter.', 72.4, 620)+words(B+'Chairs do not.', 72, 588)]],
 halo: [[headWords+words(B+'Lamps matter.', 72, 620, '1 g')+words(B+'Lamps matter.', 72.1, 620)+after]],
 url: [[headWords+lamps+words(B+'See https://example.org/a/long/',72,604)+words('path/of/boats.html for more.',81,592)+words(B+'Next.',72,570)]],
 layer: [[headWords+lamps+'/OC /L1 BDC\n'+secret('')+'EMC\n'+after], {resources:'/Properties<</L1 20 0 R>>', objects:['<</Type/OCG/Name(x)>>'], catalog:'/OCProperties<</OCGs[20 0 R]/D<</OFF[20 0 R]>>>>'}],
 transparent: [[headWords+lamps+secret('/G1 gs')+after], {resources:'/ExtGState<</G1<</ca 0>>>>'}],
 highlightafter: [[headWords+lamps+words(B+'Highlighted words.',72,604)+after+'q /G1 gs 1 1 0 rg 60 600 300 14 re f Q\n'], {resources:'/ExtGState<</G1<</BM/Multiply>>>>'}],
 clip: [[headWords+lamps+'q 0 0 10 10 re W n\n'+secret('')+'Q\n'+after]],
 picture: [[headWords+lamps+secret('')+after+'q 300 0 0 14 60 600 cm /I Do Q\n'], {resources:'/XObject<</I 20 0 R>>', objects:['<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream']}],
 background: [['q 595 0 0 842 0 0 cm /I Do Q\n'+headWords+lamps+after], {resources:'/XObject<</I 20 0 R>>', objects:['<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream']}],
 scan: [['q 595 0 0 842 0 0 cm /I Do Q 3 Tr\n'+headWords+lamps+after], {resources:'/XObject<</I 20 0 R>>', objects:['<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream']}],
 frame: [[headWords+lamps+after+'0 g 50 560 400 100 re 55 565 390 90 re f*\n']],
 soft: [[headWords+words(B+'Every vil\\255',72,620)+words('lage counts in 2024\\226',81,608)+words('2025 and the C7-',81,596)+words('line.',81,584)]],
 form: [[headWords+lamps+'/X Do\n'+after], {resources:'/XObject<</X 20 0 R>>', objects:['<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Length 70>>stream\nBT /F1 11 Tf 1 0 0 1 72 604 Tm (\\225 Form words stay.) Tj ET              \nendstream']}],
 annostrike: [[headWords+lamps+secret('')+after], {page:'/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[72 600 160 615]/QuadPoints[72 615 160 615 72 600 160 600]/C[1 0 0]>>]'}],
 offmatrix: [[`0.5 0 0 0.5 0 0 cm\n`+headWords.replace(/1 0 0 1 (\d+) (\d+) Tm/g,(_:any,x:string,y:string)=>`2 0 0 2 ${2*Number(x)} ${2*Number(y)} Tm`)+`BT /F1 22 Tf 144 1240 Td (\\225 Lamps) Tj 100 Tz ( matter.) Tj 0 -64 TD (\\225 Chairs do not.) Tj ET`]],
}
const only = process.env.ONLY?.split(',')
for (const [name,[pages,opt]] of Object.entries(cases)) if (!only || only.includes(name)) await test(name, async (t)=>{
  const r = await importFile(t,'a.pdf',rawPdf(pages,opt))
  process.stderr.write(`== ${name} ${r.status} ${JSON.stringify(r.outcome && pointTexts(r.outcome))} ${r.outcome?.date} ${r.outcome?.organizer}\n${r.status?r.report:[...r.omitted.map(x=>'  O '+x),...r.adapted.map(x=>'  A '+x),...r.check.map(x=>'  C '+x)].join('\n')}\n`)
  t.pass()
})
