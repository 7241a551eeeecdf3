import { expect, test } from 'vitest'
import { readStoredChannels } from './stored.ts'

test('a relay that was set up before one could say so may stand on one’s own network', () => {
  const email = { host: 'smtp.example.com', port: 25 }
  const read = (fields: object) => readStoredChannels({ json: { email: fields } }).value.email?.allowPrivate
  expect(read(email)).toBe(true)
  expect(read({ ...email, allowPrivate: false })).toBe(false)
})
