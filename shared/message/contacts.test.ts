import { expect, test } from 'vitest'
import { channels } from '../channels/index.ts'
import { contactChannels, contactHolds } from '../conditions/contact.ts'

const somebody = {
  ...{ id: 'c', phone: '13800000001', email: null, blacklisted: false },
  ...{ consentSms: true, consentEmail: null, closed: { sms: 'opted_out' as const } },
}

test('conditions ask for the channels of the product, under their names', () => {
  expect(Object.entries(contactChannels).map(([id, { words }]) => [id, words['zh-CN']])).toEqual(
    channels.map(({ id, name }) => [id, name['zh-CN']]),
  )
  expect(Object.values(contactChannels).map(({ consent }) => consent !== null)).toEqual(
    channels.map(({ consent }) => consent !== null),
  )
})

test('a phone that has unsubscribed is an address, is not open, and has agreed before', () => {
  const holds = (state: Parameters<typeof contactHolds>[1]['state']) =>
    contactHolds(somebody, { channel: 'sms', state })
  expect(holds('has_address')).toBe(true)
  expect(holds('open')).toBe(false)
  expect(holds('closed')).toBe(true)
  expect(holds('opted_out')).toBe(true)
  expect(holds('hard_bounce')).toBe(false)
  expect(holds('agreed')).toBe(true)
  expect(contactHolds(somebody, { channel: 'email', state: 'unasked' })).toBe(true)
  expect(contactHolds(somebody, { channel: 'email', state: 'has_address' })).toBe(false)
  expect(
    contactHolds({ ...somebody, blacklisted: true, closed: {} }, { channel: 'sms', state: 'open' }),
  ).toBe(false)
})
