import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test('a secret is blotted out in the clear, in base64, percent-encoded and inside JSON', () => {
  const secret = 'p&ss "wörd" one'
  const forms = [
    secret,
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    encodeURIComponent(secret),
    JSON.stringify(secret),
  ]
  for (const form of forms) {
    const clean = redact(`before ${form} after`, [secret])
    expect(clean).toMatch(/^before "?\*\*\*"?=* after$/)
  }
})

test('what is left is one line of at most 300 characters', () => {
  expect(redact('one\r\ntwo\u0000three', [])).toBe('one two three')
  expect(redact('x'.repeat(1000), [null, undefined, ''])).toHaveLength(301)
})
