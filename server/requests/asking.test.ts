import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import type { KeptAsk } from '../ports/asks.ts'
import { alone } from '../ports/claims.ts'
import { createAskStore } from '../store/sqlite/messages/asks.ts'
import { testClock } from '../testing/clock.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { type OpenAiPeer, startOpenAiPeer } from '../testing/peers/openai-peer.ts'
import { by } from '../testing/sketch.ts'

let peer: OpenAiPeer
beforeEach(async () => {
  peer = await startOpenAiPeer()
})
afterEach(() => peer.close())

const ai = { instructions: '', maxChars: 140, waitMinutes: 10 }
const polished = {
  nodes: { hand: by.hand(), hello: by.sms('离七夕还有两周', { ai }), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
}
const withModel = () => drive({ ai: { baseUrl: peer.url, apiKey: 'k', model: 'm', maxRetries: 0 } })

interface AskRow {
  reply: string
  model: string | null
  prompt: string | null
  input_tokens: number | null
  due_at: number | null
  attempts: number
}
const asksOf = (story: JourneyDriver) =>
  story.rows<AskRow>('select reply, model, prompt, input_tokens, due_at, attempts from asks')

describe('AI texts (rule 16)', () => {
  test('rule 16: the enrollment waits in its node for the model’s reply, which is stored with model and prompt, and sent', () =>
    withModel()
      .publish(polished)
      .enter('王芳')
      .expectSent('hello', '王芳')
      .do((story) => {
        const [ask] = asksOf(story)
        const reply: unknown = JSON.parse(ask?.reply ?? '')
        expect(reply).toMatchObject({ ok: true })
        expect(ask).toMatchObject({
          due_at: null,
          model: expect.any(String),
          prompt: expect.stringContaining('七夕'),
        })
        expect(ask?.input_tokens).toBeGreaterThan(0)
        const [message] = story.rows<{ body: string; model: string | null }>(
          'select body, model from messages',
        )
        expect(message?.body).not.toBe('【小铺】离七夕还有两周拒收请回复R')
        expect(message?.body).toMatch(/^【小铺】.*拒收请回复R$/)
        expect(message?.model).toBe(ask?.model)
      })
      .run())

  test('what a model made of words that have been corrected since is not sent: it is asked anew', () => {
    const drawn = (text: string) => ({
      ...polished,
      nodes: { ...polished.nodes, hello: by.sms(text, { ai }) },
    })
    const old = JSON.stringify({ ok: true, text: '旧词润色', model: 'm' })
    return withModel()
      .publish(drawn('离七夕还有两天'))
      .members('王芳')
      .do(({ brand }) => brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳']))
      .do(({ db, brand }) => {
        db.sqlite.prepare('update asks set reply = ?, due_at = null').run(old)
        db.sqlite.prepare('update enrollments set due_at = ?').run(brand.now())
      })
      .publish(drawn('离七夕还有两周'))
      .expectSent('hello', '王芳')
      .do((story) => {
        const [message] = story.rows<{ body: string }>('select body from messages')
        expect(message?.body).not.toContain('旧词润色')
        expect(asksOf(story)).toMatchObject([{ prompt: expect.stringContaining('两周') }])
      })
      .run()
  })

  test('rule 16: an AI text is asked for once: what has a reply is never asked again', () =>
    withModel()
      .publish(polished)
      .enter('王芳', '李雷')
      .restart()
      .advance('1 day')
      .do(() => expect(peer.requests).toHaveLength(2))
      .run())

  test('a reply that was stored before the process died is the one that is sent', () =>
    withModel()
      .publish(polished)
      .members('王芳')
      .do(async ({ db, brand }) => {
        await brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳'])
        const asks = createAskStore(db)
        const [ask] = await asks.due(brand.now(), 10, alone(testClock(brand.now())))
        if (ask === undefined) throw new Error('nothing was asked')
        const reply = { ok: true, text: '两周后就是七夕', model: 'm' } as const
        await asks.settle({ ask, spent: null, outcome: { kind: 'reply', reply } }, brand.now())
        const late = { ok: true, text: '晚来的一句', model: 'm' } as const
        await asks.settle({ ask, spent: null, outcome: { kind: 'reply', reply: late } }, brand.now())
      })
      .restart()
      .expectText('hello', '【小铺】两周后就是七夕拒收请回复R')
      .do(() => expect(peer.requests).toEqual([]))
      .run())

  test('a question written down before others than models could be asked is put as it stands', () =>
    withModel()
      .publish(polished)
      .members('王芳')
      .do(async ({ db, brand }) => {
        await brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳'])
        const words = { channel: 'sms', sop: '王芳，您好', instructions: '', facts: {}, maxChars: 140 }
        const kept = JSON.stringify({ kind: 'ask', ...words })
        db.sqlite.prepare('update asks set request = ?').run(kept)
        expect(await createAskStore(db).due(brand.now(), 10, alone(testClock(brand.now())))).toMatchObject([
          { request: { to: 'model', ...words } },
        ])
      })
      .restart()
      .expectSent('hello', '王芳')
      .run())

  test.each([
    ['that lacks what its kind needs', '{"to":"model","channel":"sms"}'],
    ['to somebody whom nobody here knows', '{"to":"oracle"}'],
    ['that is no JSON', '{"to":"model",'],
    ['that is no object', '"model"'],
  ])('a stored question %s is settled once, and holds up no other', (_case, kept) =>
    withModel()
      .publish(polished)
      .members('王芳', '李雷')
      .do(async ({ db, brand }) => {
        await brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳', '李雷'])
        db.sqlite.prepare('update asks set request = ? where enrollment_id = 1').run(kept)
      })
      .restart()
      .advance('1 minute')
      .expectSent('hello', '王芳', '李雷')
      .expectLeft('王芳', 'hello', 'sent', { fallback: 'garbage' })
      .do((story) => expect(asksOf(story).map(({ due_at }) => due_at)).toEqual([null, null]))
      .run(),
  )

  test('a goal reached meanwhile does not put off a reply that has come', () =>
    withModel()
      .publish({ ...polished, nodes: { ...polished.nodes, bought: by.goal('order') } })
      .members('王芳')
      .do(async ({ db, brand }) => {
        await brand.engine.enter({ ...brand.act(terminalActor), at: brand.now() - 1000 }, 'journey', ['王芳'])
        const asks = createAskStore(db)
        const [ask] = await asks.due(brand.now(), 10, alone(testClock(brand.now())))
        if (ask === undefined) throw new Error('nothing was asked')
        const reply = { ok: true, text: '两周后就是七夕', model: 'm' } as const
        await asks.settle({ ask, spent: null, outcome: { kind: 'reply', reply } }, brand.now())
      })
      .event('王芳', 'order')
      .expectFigure('bought', 'out:reached', 1)
      .expectText('hello', '【小铺】两周后就是七夕拒收请回复R')
      .run())

  test('rule 21: a text corrected while the model is asked is asked about anew; the answer to the old one is none', () => {
    const corrected = { ...polished, nodes: { ...polished.nodes, hello: by.sms('改好的话', { ai }) } }
    const asked: KeptAsk[] = []
    const take = async ({ db, brand }: JourneyDriver) => {
      const [ask] = await createAskStore(db).due(brand.now(), 10, alone(testClock(brand.now())))
      if (ask === undefined) throw new Error('nothing was asked')
      asked.push(ask)
    }
    const answer = async ({ db, brand }: JourneyDriver, text: string) => {
      const ask = asked.shift()
      if (ask === undefined) throw new Error('nothing was asked')
      const reply = { ok: true, text, model: 'm' } as const
      await createAskStore(db).settle({ ask, spent: null, outcome: { kind: 'reply', reply } }, brand.now())
    }
    return withModel()
      .publish(polished)
      .members('王芳')
      .do(({ brand }) => brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳']))
      .do(take)
      .plans(corrected)
      .do(({ brand }) => brand.engine.tick(brand.now()))
      .do(take)
      .do((story) => answer(story, '关于旧话的回答'))
      .do(() => expect(asked[0]?.request).toMatchObject({ sop: expect.stringContaining('改好的话') }))
      .do((story) => answer(story, '关于新话的回答'))
      .do(({ brand }) => brand.settle())
      .expectText('hello', '【小铺】关于新话的回答拒收请回复R')
      .run()
  })

  test('a failure that passes is tried again within the wait', () => {
    peer.behave('server-error', 'polish')
    return withModel()
      .publish(polished)
      .enter('王芳')
      .expectNotSent('hello')
      .advance('1 minute')
      .expectSent('hello', '王芳')
      .do((story) => expect(asksOf(story)).toMatchObject([{ attempts: 1 }]))
      .run()
  })

  test('rule 16: after the wait the written text is sent, and the trace says why', () => {
    peer.behave('server-error')
    return withModel()
      .publish(polished)
      .enter('王芳')
      .advance('10 minutes')
      .expectText('hello', '【小铺】离七夕还有两周拒收请回复R')
      .expectLeft('王芳', 'hello', 'sent', { fallback: expect.any(String) })
      .run()
  })

  test('a failure for good sends the written text at once', () => {
    peer.behave('refuse')
    return withModel()
      .publish(polished)
      .enter('王芳')
      .expectText('hello', '【小铺】离七夕还有两周拒收请回复R')
      .expectLeft('王芳', 'hello', 'sent', { fallback: 'refused' })
      .run()
  })

  test('without a model nobody waits', () =>
    drive().publish(polished).enter('王芳').expectText('hello', '【小铺】离七夕还有两周拒收请回复R').run())

  test('a pause holds the asking too', () =>
    withModel()
      .publish(polished)
      .members('王芳')
      .do(({ brand }) => brand.engine.enter(brand.act(terminalActor), 'journey', ['王芳']))
      .pause()
      .restart()
      .do(() => expect(peer.requests).toEqual([]))
      .resume()
      .expectSent('hello', '王芳')
      .run())
})
