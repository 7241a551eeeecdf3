import { pino } from 'pino'
import { expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import type { AskResult, KeptAsk } from '../ports/asks.ts'
import { alone } from '../ports/claims.ts'
import { testClock } from '../testing/clock.ts'
import type { Answerer } from './answerer.ts'
import { createRequester } from './requester.ts'

const words = { channel: 'sms', sop: '您好', instructions: '', facts: {}, maxChars: 140 } as const
const ask: KeptAsk = {
  ...{ enrollmentId: 1, node: 'hello', visit: 1, journeyId: 'journey', life: null, text: '' },
  request: { to: 'model', ...words },
  ...{ attempts: 0, deadline: 1_000_000, language: null },
}
const reply = { ok: true, text: '七夕快乐', model: 'm' } as const

test('an answer that cannot be written is kept, and nobody is asked for it again', async () => {
  let room = false
  let asked = 0
  const settled: AskResult[] = []
  const clock = testClock(0)
  const model: Answerer<'model'> = {
    absent: () => null,
    async answer(asks, _signal, each) {
      asked += asks.length
      for (const index of asks.keys()) await each({ outcome: { ok: true, reply }, spent: null }, index)
    },
  }
  const http: Answerer<'http'> = { absent: () => 'absent', answer: async () => undefined }
  const requester = createRequester({
    store: {
      // The lease is held already, so that looking writes nothing.
      due: async () => (settled.length > 0 ? [] : [ask]),
      async settle(result) {
        if (!room) throw new Problem('disk-full')
        settled.push(result)
      },
    },
    answerers: { model, http },
    now: clock.now,
    by: alone(clock),
    log: pino({ level: 'silent' }),
  })
  for (let turn = 0; turn < 3; turn += 1) await requester.run()
  expect({ asked, settled }).toEqual({ asked: 1, settled: [] })
  room = true
  await requester.run()
  expect(asked).toBe(1)
  expect(settled).toMatchObject([{ ask: { enrollmentId: 1 }, outcome: { kind: 'reply', reply } }])
})
