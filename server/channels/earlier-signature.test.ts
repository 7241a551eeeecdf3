import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { earlierHeaders, earlierNames, nonceOf, sign, verifyEarlier } from './earlier-signature.ts'

const seed = 20260819
const now = fc.integer({ min: 0, max: 4_000_000_000_000 })
const secret = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' })
const body = fc.string({ maxLength: 200, unit: 'binary' })
const key = fc.string({ minLength: 1, maxLength: 60 })
const minutes = 60_000

describe('a request signed as before the standard', () => {
  test('is believed by whoever knows the secret, within the tolerance', () => {
    const lateness = fc.integer({ min: -5 * minutes, max: 5 * minutes })
    fc.assert(
      fc.property(secret, key, body, now, lateness, (word, id, text, at, late) => {
        const headers = earlierHeaders(word, id, text, at)
        expect(verifyEarlier(word, headers, text, at + late, 5 * minutes)).toEqual({ ok: true })
      }),
      { seed, numRuns: 200 },
    )
  })

  test('is not believed when its body, its secret or any header was changed', () => {
    const part = fc.constantFrom('body', 'secret', ...Object.values(earlierNames))
    fc.assert(
      fc.property(secret, key, body, now, part, (word, id, text, at, changed) => {
        const headers = earlierHeaders(word, id, text, at)
        const value = headers[changed]
        if (value !== undefined) headers[changed] = `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
        const otherText = changed === 'body' ? `${text} ` : text
        const otherWord = changed === 'secret' ? `${word} ` : word
        expect(verifyEarlier(otherWord, headers, otherText, at, 5 * minutes).ok).toBe(false)
      }),
      { seed, numRuns: 200 },
    )
  })

  test('is too old or too new one millisecond past the tolerance', () => {
    const headers = earlierHeaders('a secret', 'k', '{}', 1_000_000)
    for (const late of [5 * minutes + 1, -5 * minutes - 1]) {
      expect(verifyEarlier('a secret', headers, '{}', 1_000_000 + late, 5 * minutes)).toEqual({
        ok: false,
        reason: 'expired',
      })
    }
  })

  test('that lacks a header, or holds one twice, is told apart from a forged one', () => {
    const headers = earlierHeaders('a secret', 'k', '{}', 1000)
    const without = { ...headers, [earlierNames.nonce]: undefined }
    expect(verifyEarlier('a secret', without, '{}', 1000, 5 * minutes)).toEqual({
      ok: false,
      reason: 'missing',
    })
    const twice = { ...headers, [earlierNames.signature]: ['v1=a', 'v1=b'] }
    expect(verifyEarlier('a secret', twice, '{}', 1000, 5 * minutes)).toEqual({
      ok: false,
      reason: 'malformed',
    })
    const short = { ...headers, [earlierNames.signature]: 'v1=00' }
    expect(verifyEarlier('a secret', short, '{}', 1000, 5 * minutes)).toEqual({
      ok: false,
      reason: 'malformed',
    })
    const padded = { ...headers, [earlierNames.timestamp]: '01000' }
    expect(verifyEarlier('a secret', padded, '{}', 1000, 5 * minutes)).toEqual({
      ok: false,
      reason: 'malformed',
    })
  })

  test('keeps its nonce over retries, and another message has another', () => {
    expect(nonceOf('e1:send:1')).toBe(nonceOf('e1:send:1'))
    expect(nonceOf('e1:send:1')).not.toBe(nonceOf('e1:send:2'))
    expect(nonceOf('e1:send:1')).not.toContain('e1')
  })

  test('has a signature that anybody can compute from the documented text', () => {
    // printf '%s' '1000.abcdefgh.{}' | openssl dgst -sha256 -hmac 'a secret'
    expect(sign('a secret', { timestamp: 1000, nonce: 'abcdefgh', body: '{}' })).toBe(
      'v1=30366f0658f242e00097debe5a3ed380336f2f2cc347c410af93741ad2612834',
    )
  })
})
