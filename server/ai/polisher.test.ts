import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiPeer, type PeerBehaviour, startOpenAiPeer } from '../testing/peers/openai-peer.ts'
import { aRequest } from './fixtures.ts'
import type { PolishFailure, PolishRequest } from './polish.ts'
import { createPolisher } from './polisher.ts'
import type { AiSettings } from './settings.ts'

const key = 'sk-magpie-secret-0123456789'
const never = new AbortController().signal

let peer: OpenAiPeer
beforeEach(async () => {
  peer = await startOpenAiPeer()
})
afterEach(() => peer.close())

function polisher(settings: AiSettings = {}) {
  const all = { baseUrl: peer.url, apiKey: key, model: 'qwen-plus', maxRetries: 0, ...settings }
  return createPolisher(all)
}

async function polish(request: Partial<PolishRequest> = {}, settings: AiSettings = {}) {
  return polisher(settings).polish(aRequest(request), never)
}

async function failure(behaviour: PeerBehaviour, settings: AiSettings = {}): Promise<PolishFailure> {
  peer.behave(behaviour)
  const result = await polish({}, settings)
  if (result.ok) throw new Error(`polished as ${result.text}`)
  return result
}

describe('a polished message', () => {
  test('keeps the facts, is written for this customer, and is stored with model, prompt and cost', async () => {
    const result = await polish(
      {},
      { pricePerMillionInputMilli: 80_000, pricePerMillionOutputMilli: 200_000 },
    )
    if (!result.ok) throw new Error(result.detail)
    expect(result.text).toBe(
      '【鹊桥礼物】想对王芳说：亲爱的王芳，七夕大礼盒 8 月 19 日前下单立减 50 元，回T退订',
    )
    expect(result.model).toBe('qwen-plus-2026')
    expect(result.prompt).toContain('[system]')
    expect(result.prompt).toContain('七夕大礼盒')
    expect(result.inputTokens).toBeGreaterThan(0)
    expect(result.costMilli).toBe(
      Math.round((result.inputTokens * 80_000 + result.outputTokens * 200_000) / 1_000_000),
    )
  })

  test('is asked for with the JSON Schema of the answer', async () => {
    await polish()
    expect(peer.requests[0]?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: {
        strict: true,
        schema: { required: ['text'], additionalProperties: false, properties: { text: { type: 'string' } } },
      },
    })
    expect(peer.requests[0]?.authorization).toBe(`Bearer ${key}`)
  })

  test('has no cost where no prices are set, and none where the server states no usage', async () => {
    expect(await polish()).toMatchObject({ ok: true, costMilli: null })
    peer.behave('no-usage')
    const priced = { pricePerMillionInputMilli: 1, pricePerMillionOutputMilli: 1 }
    expect(await polish({}, priced)).toMatchObject({
      ok: true,
      inputTokens: 0,
      outputTokens: 0,
      costMilli: null,
    })
  })

  test('is read out of a code fence, a sentence around it, and a model’s thoughts', async () => {
    const plain = await polish()
    for (const behaviour of ['fenced', 'thinking'] as const) {
      peer.behave(behaviour)
      expect(await polish()).toMatchObject({ ok: true, text: plain.ok && plain.text })
    }
  })

  test('comes from a server on one’s own machine without any key', async () => {
    const result = await polish({}, { apiKey: undefined })
    expect(result.ok).toBe(true)
    expect(peer.requests[0]?.authorization).toBeNull()
  })
})

describe('a server that knows no schema', () => {
  test('is asked for plain JSON, and from then on at once', async () => {
    peer.behave('no-schema')
    const one = polisher()
    expect((await one.polish(aRequest(), never)).ok).toBe(true)
    expect((await one.polish(aRequest(), never)).ok).toBe(true)
    const forms = peer.requests.map((request) => request.body.response_format?.type)
    expect(forms).toEqual(['json_schema', 'json_object', 'json_object'])
  })

  test('and no JSON mode either is asked for the JSON in words', async () => {
    peer.behave('no-json')
    expect((await polish()).ok).toBe(true)
    expect(peer.requests.at(-1)?.body.response_format).toBeUndefined()
  })
})

describe('a text that fails the check', () => {
  test('is sent back once with the faults named, and the better one is used', async () => {
    peer.behave('invent-number', 'polish')
    const result = await polish()
    if (!result.ok) throw new Error(result.detail)
    expect(result.text).not.toContain('37')
    expect(peer.requests).toHaveLength(2)
    const second = peer.requests[1]?.body.messages ?? []
    expect(second.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(second[3]?.content).toContain('37 件')
    expect(result.prompt).toContain('37 件')
    const tokens = second.reduce((total, message) => total + message.content.length, 0)
    expect(result.inputTokens).toBeGreaterThan(tokens)
  })

  test('twice is given up, with what it has cost', async () => {
    const invented = await failure('invent-number')
    expect(invented).toMatchObject({ reason: 'check-failed', retryable: false, model: 'qwen-plus-2026' })
    expect(invented.detail).toContain('37')
    expect(invented.spent?.outputTokens).toBeGreaterThan(0)
    expect(peer.requests).toHaveLength(2)
  })

  test('because a fact was dropped is given up as well', async () => {
    expect(await failure('drop-fact')).toMatchObject({ reason: 'check-failed' })
  })
})

describe('every trouble of a provider becomes a reason', () => {
  const cases: [PeerBehaviour, PolishFailure['reason'], boolean][] = [
    ['garbage', 'garbage', false],
    ['not-json', 'garbage', false],
    ['cut-off', 'garbage', false],
    ['proxy-page', 'garbage', false],
    ['refuse', 'refused', false],
    ['content-filter', 'refused', false],
    ['unknown-model', 'refused', false],
    ['unauthorized', 'no-key', false],
    [{ rateLimited: '0' }, 'rate-limited', true],
    [{ rateLimited: null }, 'rate-limited', true],
    ['no-quota', 'rate-limited', false],
    ['server-error', 'server-error', true],
    ['close-early', 'network', true],
    ['cut-body', 'network', true],
  ]
  test.each(cases)('%j is %s', async (behaviour, reason, retryable) => {
    const result = await failure(behaviour)
    expect(result).toMatchObject({ reason, retryable })
    expect(result.prompt).toContain('王芳')
    expect(result.detail).not.toBe('')
  })

  test('nobody listening is network', async () => {
    const result = await polish({}, { baseUrl: 'http://127.0.0.1:1/v1' })
    expect(result).toMatchObject({ ok: false, reason: 'network', retryable: true })
  })
})

describe('retries', () => {
  test('wait as long as Retry-After says, then succeed', async () => {
    peer.behave({ rateLimited: '0' }, { rateLimited: '0' }, 'polish')
    expect((await polish({}, { maxRetries: 2 })).ok).toBe(true)
    expect(peer.requests).toHaveLength(3)
  })

  test('are not begun where Retry-After is longer than the request may take', async () => {
    peer.behave({ rateLimited: '3600' })
    expect(await polish({}, { maxRetries: 5 })).toMatchObject({ ok: false, reason: 'rate-limited' })
    expect(peer.requests).toHaveLength(1)
  })

  test('read a Retry-After that is a date', async () => {
    peer.behave({ rateLimited: 'Fri, 31 Dec 2100 23:59:59 GMT' })
    expect(await polish({}, { maxRetries: 5 })).toMatchObject({ ok: false, reason: 'rate-limited' })
    expect(peer.requests).toHaveLength(1)
  })
})

describe('time', () => {
  function timed(maxRetries = 0) {
    const deadline = new AbortController()
    const settings = { baseUrl: peer.url, apiKey: key, model: 'qwen-plus', maxRetries, timeoutMs: 60_000 }
    const parts = { deadline: () => deadline.signal }
    return { deadline, one: createPolisher(settings, parts) }
  }

  test('ends a request that hangs', async () => {
    peer.behave('hang')
    const { deadline, one } = timed()
    const asked = one.polish(aRequest(), never)
    await peer.heard(1)
    deadline.abort()
    expect(await asked).toMatchObject({ ok: false, reason: 'timeout', retryable: true })
  })

  test('ends a request that sleeps between two tries', async () => {
    peer.behave({ rateLimited: '30' })
    const { deadline, one } = timed(3)
    const asked = one.polish(aRequest(), never)
    await peer.heard(1)
    deadline.abort()
    expect(await asked).toMatchObject({ ok: false, reason: 'timeout' })
    expect(peer.requests).toHaveLength(1)
  })

  test('given by the settings ends a hanging request by itself', async () => {
    peer.behave('hang')
    expect(await polish({}, { timeoutMs: 30 })).toMatchObject({ ok: false, reason: 'timeout' })
  })

  test('that a stop cuts short is no failure of the message', async () => {
    peer.behave('hang')
    const stop = new AbortController()
    const asked = polisher().polish(aRequest(), stop.signal)
    await peer.heard(1)
    stop.abort(new Error('shutting down'))
    await expect(asked).rejects.toThrow('shutting down')
    await expect(polisher().polish(aRequest(), stop.signal)).rejects.toThrow('shutting down')
  })
})

describe('the key', () => {
  test('appears in no result, whatever the server says', async () => {
    const behaviours: PeerBehaviour[] = [
      'polish',
      'unauthorized',
      'echo-key',
      'write-key',
      'unknown-model',
      'server-error',
      'refuse',
      'garbage',
      'close-early',
      { rateLimited: '0' },
    ]
    for (const behaviour of behaviours) {
      peer.behave(behaviour)
      expect(JSON.stringify(await polish()), String(behaviour)).not.toContain(key)
      expect(JSON.stringify(await polisher().verify()), String(behaviour)).not.toContain(key)
    }
  })

  test('of another form is blotted out too', async () => {
    peer.behave('echo-key')
    const result = await polish({}, { apiKey: 'weird+key/with=signs' })
    expect(result).toMatchObject({ ok: false, reason: 'refused' })
    expect(JSON.stringify(result)).not.toContain('weird+key')
  })

  test('that no header can hold fails without being shown', async () => {
    const result = await polish({}, { apiKey: 'sk-two\nlines-of-key' })
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain('lines-of-key')
  })

  test('missing, with no address either, means the written text is sent', async () => {
    const one = createPolisher({ model: 'qwen-plus' })
    expect(one.model).toBeNull()
    expect(await one.polish(aRequest(), never)).toMatchObject({
      ok: false,
      reason: 'no-key',
      retryable: false,
    })
    expect(await one.verify()).toMatchObject({ ok: false, reason: 'no-key' })
  })

  test('without a model is of no use', async () => {
    const result = await createPolisher({ apiKey: key }).polish(aRequest(), never)
    expect(result).toMatchObject({ ok: false, reason: 'no-key', detail: 'no model is set' })
  })
})

describe('verifying the settings', () => {
  test('names the model that answers', async () => {
    expect(await polisher().verify()).toEqual({
      ok: true,
      detail: 'qwen-plus-2026 answers',
      reason: null,
      model: 'qwen-plus-2026',
    })
  })

  test('tells a wrong key from a wrong model', async () => {
    peer.behave('unauthorized')
    expect(await polisher().verify()).toMatchObject({ ok: false, reason: 'no-key' })
    peer.behave('unknown-model')
    expect(await polisher().verify()).toMatchObject({ ok: false, reason: 'refused' })
    peer.behave('not-json')
    expect(await polisher().verify()).toMatchObject({ ok: false, reason: 'garbage' })
  })
})
