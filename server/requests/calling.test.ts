import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { createCaller } from '../channels/call.ts'
import { createGuard } from '../channels/guard.ts'
import { alone } from '../ports/claims.ts'
import { createAskStore } from '../store/sqlite/messages/asks.ts'
import { testClock } from '../testing/clock.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../testing/peers/http-gateway-peer.ts'
import { by } from '../testing/sketch.ts'
import { httpAnswerer } from './http.ts'
import { createRequester } from './requester.ts'

const secret = 'a secret of the test, long enough'
let peer: GatewayPeer
beforeEach(async () => {
  peer = await startHttpGatewayPeer({ secret })
})
afterEach(() => peer.close())

const calling = () => ({
  nodes: {
    hand: by.hand(),
    call: [
      'webhook_call',
      {
        url: `${peer.url}/robot`,
        body: '{"who":"{{ customer.id }}"}',
        path: 'id',
        cases: [{ id: 'taken', name: { en: 'Taken' }, values: ['gw-1'] }],
        rehearse: 'taken',
      },
    ] as const,
    hello: by.sms('已通知'),
    done: by.exit(),
  },
  flow: [
    'hand -> call',
    'call.taken -> hello',
    'call.otherwise -> done',
    'call.failed -> done',
    'hello -> done',
  ],
})

/** Calls as a live brand does, over the driver's data. */
async function callOutside({ db, brand }: JourneyDriver, later = 0): Promise<void> {
  const now = () => brand.now() + later
  const guard = createGuard({ allowPrivate: true })
  const caller = createCaller(
    { secret, allowPrivate: true },
    { guard, now: Date.now, timeouts: { connectMs: 2000, answerMs: 500 } },
  )
  const silent = () => undefined
  const requester = createRequester({
    by: alone(testClock(0)),
    store: createAskStore(db),
    answerers: {
      model: { absent: () => 'no-key', answer: async () => undefined },
      http: httpAnswerer({ caller: () => caller, sandbox: false }),
    },
    now,
    log: { info: silent, warn: silent, error: silent },
  })
  await requester.run()
  caller.close()
}

const enter = ({ brand }: JourneyDriver) => brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳'])

describe('a call to another system', () => {
  test('is made once, signed, and the customer goes on by its answer', () =>
    drive()
      .publish(calling())
      .members('王芳')
      .do(async (story) => {
        await enter(story)
        await callOutside(story)
        await callOutside(story)
      })
      .restart()
      .expectLeft('王芳', 'call', 'taken', { code: 'called', value: 'gw-1' })
      .expectSent('hello', '王芳')
      .do(() => {
        expect([...peer.received.values()].map(({ body, repeats }) => [body, repeats])).toEqual([
          [{ who: '王芳' }, 0],
        ])
        expect(peer.unsigned).toEqual([])
      })
      .run())

  test('whose answer is lost is made again under the same key, and does nothing twice', () =>
    drive()
      .publish(calling())
      .members('王芳')
      .do(async (story) => {
        peer.behave((nth) => (nth === 1 ? 'reset-after' : 'accept'))
        await enter(story)
        await callOutside(story)
        await callOutside(story, 60_000)
      })
      .restart()
      .advance('1 minute')
      .expectSent('hello', '王芳')
      .do(() => {
        expect(peer.received.size).toBe(1)
        expect(peer.clashes).toEqual([])
      })
      .run())

  test('that is refused for good leaves by its own way', () =>
    drive()
      .publish(calling())
      .members('王芳')
      .do(async (story) => {
        peer.behave('bad-request')
        await enter(story)
        await callOutside(story)
      })
      .restart()
      .expectLeft('王芳', 'call', 'failed', { code: 'call-failed' })
      .run())

  test('that is answered by lists within lists without end is answered by something else', () =>
    drive()
      .publish(calling())
      .members('王芳')
      .do(async (story) => {
        peer.behave('deep')
        await enter(story)
        await callOutside(story)
      })
      .restart()
      .expectLeft('王芳', 'call', 'otherwise', { code: 'called', value: null })
      .run())

  test('is not made by the virtual customers of a sandbox', () =>
    drive()
      .publish(calling())
      .enter('王芳')
      .expectLeft('王芳', 'call', 'taken', { code: 'not-called', why: 'sandbox' })
      .do(() => expect(peer.requests).toBe(0))
      .run())
})
