import { startService } from './service.ts'

const s = await startService()
const show = async (path: string, h: Record<string, string> = {}) => {
  const a = await s.ask(path, h)
  console.log(
    '>>',
    path,
    JSON.stringify(h),
    a.status,
    a.headers['content-type'],
    a.headers.location ?? '',
    '\n',
    a.text.slice(0, Number(process.env.N ?? 500)),
  )
}
for (const p of process.argv.slice(2)) {
  const [u = '', acc] = p.split(' @')
  await show(u, acc ? { accept: acc } : {})
}
await s.close()
