import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { earlierHeaders } from './earlier-signature.ts'
import { signatureHeaders, signedHeaders, verifySignature } from './signature.ts'

const seed = 20260819
const now = fc.integer({ min: 1_000_000, max: 4_000_000_000_000 })
const plain = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' })
const standard = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`)
const secret = fc.oneof(plain, standard)
const body = fc.string({ maxLength: 200, unit: 'binary' })
const key = fc.string({ minLength: 1, maxLength: 60 })
const minutes = 60_000

/** The library and most receivers speak of a key by `whsec_` and base64. */
const shared = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

describe('a signed request', () => {
  test('is believed by whoever knows the secret, within the tolerance', () => {
    const lateness = fc.integer({ min: -5 * minutes, max: 5 * minutes - 1000 })
    fc.assert(
      fc.property(secret, key, body, now, lateness, (word, id, text, at, late) => {
        const headers = signedHeaders(word, id, text, at)
        expect(verifySignature(word, headers, text, at + late)).toEqual({ ok: true })
      }),
      { seed, numRuns: 200 },
    )
  })

  test('is not believed when its body, its secret or any header of the standard was changed', () => {
    const part = fc.constantFrom('body', 'secret', ...Object.values(signatureHeaders))
    fc.assert(
      fc.property(secret, key, body, now, part, (word, id, text, at, changed) => {
        const headers = signedHeaders(word, id, text, at)
        const value = headers[changed]
        if (value !== undefined) headers[changed] = value.replace(/[^ ]/g, (one) => (one === '7' ? '8' : '7'))
        const otherText = changed === 'body' ? `${text} ` : text
        const otherWord = changed === 'secret' ? `${word}-` : word
        expect(verifySignature(otherWord, headers, otherText, at).ok).toBe(false)
      }),
      { seed, numRuns: 200 },
    )
  })

  test('is believed by the library of the standard, and the library’s by us', () => {
    const at = new Date()
    const headers = signedHeaders(shared, 'k', '{"a":1}', at.getTime())
    expect(new Webhook(shared).verify('{"a":1}', headers)).toEqual({ a: 1 })
    const theirs = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': `v1a,other v1,AAAA ${new Webhook(shared).sign('evt_1', at, '{}')}`,
    }
    expect(verifySignature(shared, theirs, '{}', at.getTime())).toEqual({ ok: true })
    expect(verifySignature(shared, theirs, '[]', at.getTime())).toEqual({ ok: false, reason: 'mismatch' })
  })

  test('has the signature of the standard’s own example', () => {
    // https://github.com/standard-webhooks/standard-webhooks, the vector that all its libraries are tested with.
    const example = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }
    expect(verifySignature(shared, example, '{"test": 2432232314}', 1_614_265_330_000)).toEqual({ ok: true })
  })

  test('with a secret that was chosen as a text is signed with that text', () => {
    const at = new Date(1_800_000_000_000)
    const chosen = 'the secret of the shop'
    const theirs = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': '1800000000',
      'webhook-signature': new Webhook(new TextEncoder().encode(chosen), { format: 'raw' }).sign(
        'evt_1',
        at,
        '{}',
      ),
    }
    expect(verifySignature(chosen, theirs, '{}', at.getTime())).toEqual({ ok: true })
  })

  test('as it was before the standard is still believed, and still sent beside it', () => {
    const earlier = earlierHeaders(shared, 'k', '{}', 1_000_000)
    expect(verifySignature(shared, earlier, '{}', 1_000_000)).toEqual({ ok: true })
    expect(verifySignature(shared, earlier, '[]', 1_000_000).ok).toBe(false)
    expect(signedHeaders(shared, 'k', '{}', 1_000_000)).toMatchObject(earlier)
  })

  test('is too old or too new a second past the tolerance', () => {
    const headers = signedHeaders(shared, 'k', '{}', 1_000_000)
    for (const late of [5 * minutes + 1000, -5 * minutes - 1000]) {
      expect(verifySignature(shared, headers, '{}', 1_000_000 + late)).toEqual({
        ok: false,
        reason: 'expired',
      })
    }
  })

  test('that lacks a header, or holds one twice, is told apart from a forged one', () => {
    const headers = signedHeaders(shared, 'k', '{}', 1_000_000)
    const at = 1_000_000
    const without = { ...headers, [signatureHeaders.id]: undefined }
    expect(verifySignature(shared, without, '{}', at)).toEqual({ ok: false, reason: 'missing' })
    expect(verifySignature(shared, {}, '{}', at)).toEqual({ ok: false, reason: 'missing' })
    const twice = { ...headers, [signatureHeaders.signature]: ['v1,a', 'v1,b'] }
    expect(verifySignature(shared, twice, '{}', at)).toEqual({ ok: false, reason: 'malformed' })
    const padded = { ...headers, [signatureHeaders.timestamp]: '01000' }
    expect(verifySignature(shared, padded, '{}', at)).toEqual({ ok: false, reason: 'malformed' })
    const dotted = { ...headers, [signatureHeaders.id]: 'a.1000' }
    expect(verifySignature(shared, dotted, '{}', at)).toEqual({ ok: false, reason: 'malformed' })
  })
})
