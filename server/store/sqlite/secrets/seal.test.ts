import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKey, seal, unseal } from './seal.ts'

const seed = 20261130
const text = fc.string({ maxLength: 500, unit: 'binary' })
const place = fc.string({ maxLength: 60 })

test('a sealed text is opened by its key at its place, and by nothing else', () => {
  const [key, other] = [newKey(), newKey()]
  fc.assert(
    fc.property(text, place, place, (words, here, there) => {
      const sealed = seal(key, here, words)
      expect(unseal(key, here, sealed)).toBe(words)
      expect(unseal(other, here, sealed)).toBeNull()
      if (here !== there) expect(unseal(key, there, sealed)).toBeNull()
    }),
    { seed, numRuns: 200 },
  )
})

test('a sealed text of which any byte was changed, or that was cut short, gives nothing', () => {
  const key = newKey()
  const sealed = Buffer.from(seal(key, 'here', 'a secret'), 'base64url')
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(unseal(key, 'here', changed.toString('base64url')), `byte ${at}`).toBeNull()
    expect(unseal(key, 'here', sealed.subarray(0, at).toString('base64url')), `${at} bytes`).toBeNull()
  }
})

test('the same text is never sealed the same way twice', () => {
  const key = newKey()
  const all = Array.from({ length: 1000 }, () => seal(key, 'here', 'a secret'))
  expect(new Set(all).size).toBe(all.length)
})
