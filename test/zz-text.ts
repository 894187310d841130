import { mkdtempSync } from 'node:fs'
const dir = mkdtempSync('/tmp/imp/x')
import { importFile, pointTexts } from './importer.ts'
import { header } from './fixtures/outcome-documents.ts'
const t: any = { testdir: () => dir }
async function show(body: string) {
  const r = await importFile(t, 'a.txt', `${header}Key issues\n\n${body}\n`)
  console.log(`== ${JSON.stringify(body)} ${r.status}\n     ${JSON.stringify(r.outcome && pointTexts(r.outcome))}\n${r.status?r.report:[...r.omitted.map(x=>'  O '+x),...r.adapted.map(x=>'  A '+x),...r.check.map(x=>'  C '+x)].filter(x=>!x.includes('one paragraph a line')).join('\n')}`)
}
for (const b of [
'👍 Lamps\n👎 Chairs','✓ Lamps\n✗ Chairs','→ Lamps\n← Chairs','✔ Lamps\n✔ Chairs','👍 Lamps\n👍 Chairs\n👎 Roads','👍🏽 Lamps\n👎🏿 Chairs','👩‍💻 Lamps\n👨‍🌾 Chairs','❤️ Lamps\n💔 Chairs','🇫🇷 France\n🇪🇸 Spain',
'№ 5 was agreed\n№ 7 was not','© ITU 2023\n© UNESCO 2022','㎝ are small\n㎝ are large','% of lamps\n% of chairs','℃ matter\n℃ rise','$ 5 each\n$ 7 each','€ 5 each\n€ 7 each','± 5 boats\n± 7 boats','≥ 5 boats\n≥ 7 boats','§ Cables\n§ Roads','¶ One para\n¶ Two paras',
'1️⃣ Lamps\n2️⃣ Chairs','❶Lamps\n❷Chairs','⑴ Lamps\n⑵ Chairs','Ⓐ Lamps\nⒷ Chairs','㈠ Lamps\n㈡ Chairs','🔟 Lamps','⒈Lamps\n⒉Chairs',
'Recommendation 1: Lamps\nRecommendation 2: Chairs','第1条 Lamps\n第2条 Chairs','☐ Lamps\n☑ Chairs','□ Lamps\n■ Chairs','■ Lamps\n■ Chairs','★ Lamps\n☆ Chairs','★ Lamps\n★ Chairs','⚠ Lamps','+ Lamps\n− Chairs','+ Lamps\n+ Chairs','▲ up\n▼ down','♀ Women\n♂ Men','🟢 Go\n🔴 Stop','⬆ More\n⬇ Less','ⓘ Note','† Lamps\n‡ Chairs','# Lamps\n# Chairs','@ITU said\n@UN said','& more\n& less','/ one\n/ two','~ 5 lamps\n~ 7 lamps',
'Ms Ana EXAMPLE, Head of Lamps, Freedonia: “Lamps first.”','Ms Ana EXAMPLE: “Lamps first.”','Ana EXAMPLE, Head, IFL: "Lamps first."','Ms Ana EXAMPLE said: “Lamps first.”','- Ms Ana EXAMPLE, Head of Lamps, Freedonia: “Lamps\n  first and last.”','Ms Ana EXAMPLE, Head, IFL: Lamps first.','One lesson: “Lamps first.”','Ministers of Freedonia, Sylvania: “Lamps first.”',
'- See https://example.org/a/b-\n  c/d.html for more','- See https://example.org/a\n  Boats and more','- See https://example.org/a/\n- Next','- (https://example.org/a/\n  b/c) is good','- Visit www.example.org/x?y=\n  5&z=6 now','See https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%3De&amp;data=05%7C01 for more','https://eur03.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)&data=05',
'Lamps &amp; chairs &lt;b&gt; &nosuch; &copy; AT&T; &#x1F44D; &#0; &eacute;','- The lamps\u2028matter a lot\n- Two','* Lamps **matter** and *burn* and snake_case_word stays 2*3*4','“Lamps” &amp; “chairs”',
'- e-\n  government', '- and/\n  or', '- pre- and\n  post-', '- long-\n  and short-term', '- 2024‑\n  2025', '- boats—\n  and lamps',
]) await show(b)
