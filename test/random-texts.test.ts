import { test } from 'tap'
import { questions, randomTexts } from '../bench/random-texts.ts'
import { startService } from './service.ts'

test('six hundred random texts are answered or refused, and never break the service', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const ways = Object.entries(questions)
  const texts = randomTexts(600)
  for (const [turn, [way, question]] of ways.entries()) {
    const statuses: Record<number, number> = {}
    for (const text of texts.filter((_text, index) => index % ways.length === turn)) {
      const [path, init] = question(text)
      const answer = await fetch(service.url + path, init)
      const body = await answer.text()
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      if (![200, 400, 414].includes(answer.status)) t.fail(`${way} ${JSON.stringify(text)}: ${answer.status} ${body}`)
    }
    t.ok(Number(statuses[200]) > 180, `${way} ${JSON.stringify(statuses)}`)
  }
})
