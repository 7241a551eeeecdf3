import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readSendgrid } from './sendgrid.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const now = Date.parse('2026-08-19T10:00:00Z')

/** A call as SendGrid makes it. */
function call(events: unknown, { at = now, by = privateKey } = {}) {
  const body = JSON.stringify(events)
  const timestamp = String(Math.floor(at / 1000))
  const signature = sign('sha256', Buffer.from(timestamp + body), by).toString('base64')
  return {
    ...{ key, body, now },
    headers: {
      'x-twilio-email-event-webhook-signature': signature,
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
  }
}

const about = {
  email: 'wang@example.com',
  timestamp: now / 1000 - 5,
  'smtp-id': '<abc@magpie.example>',
  sg_message_id: 'of their own',
}
const named = { providerId: '<abc@magpie.example>', at: now - 5000 }
const read = (...events: object[]) =>
  readSendgrid(call(events.map((one, at) => ({ ...about, sg_event_id: `e${at}`, ...one })))).receipts

describe('what SendGrid tells of a mail', () => {
  test('names the mail by its Message-ID, and itself by an id that stays', () => {
    const [told] = read({ event: 'delivered' })
    expect(told).toEqual({ id: 'sendgrid-e0', type: 'delivered', ...named })
  })

  test.each([
    ['a mailbox that is gone', { type: 'bounce', status: '5.1.1', reason: '550 no such user' }, 'hard'],
    ['a bounce that says no status', { type: 'bounce' }, 'hard'],
    ['a full mailbox', { type: 'bounce', status: '5.2.2' }, 'soft'],
    ['a block of the moment', { type: 'blocked', reason: 'no MX' }, 'soft'],
  ])('%s', (_what, fields, bounce) => {
    const [told] = read({ event: 'bounce', ...fields })
    expect(told).toMatchObject({ type: 'bounced', bounce, from: 'wang@example.com', ...named })
    expect(told?.text).toBe('reason' in fields ? fields.reason : undefined)
  })

  test('complaints and opt-outs name the address', () => {
    const told = read({ event: 'spamreport' }, { event: 'unsubscribe' }, { event: 'group_unsubscribe' })
    expect(told.map(({ type }) => type)).toEqual(['complained', 'unsubscribed', 'unsubscribed'])
    expect(told.every(({ from }) => from === 'wang@example.com')).toBe(true)
  })

  test('what was not tried has failed, with the reason', () => {
    expect(read({ event: 'dropped', reason: 'Bounced Address' })).toMatchObject([
      { type: 'failed', text: 'Bounced Address' },
    ])
  })

  test('a press says which link; a machine that opens is nobody', () => {
    const told = read(
      { event: 'click', url: 'https://shop.example/a' },
      { event: 'open', sg_machine_open: false },
      { event: 'open', sg_machine_open: true },
    )
    expect(told).toMatchObject([{ type: 'clicked', text: 'https://shop.example/a' }, { type: 'opened' }])
  })

  test('steps on the way, and events that are new, tell nothing', () => {
    const events = ['processed', 'deferred', 'group_resubscribe', 'account_status_change', 'constructor']
    expect(read(...events.map((event) => ({ event })))).toEqual([])
  })

  test('one that cannot be read costs none of the others, and is named', () => {
    const good = { ...about, sg_event_id: 'e1', event: 'spamreport' }
    const { receipts, fault } = readSendgrid(call([{ event: 'bounce' }, good]))
    expect(receipts).toHaveLength(1)
    expect(fault).toMatchObject({ code: 'invalid-request', place: '0.sg_event_id' })
  })
})

describe('a call that is not SendGrid’s', () => {
  const events = [{ ...about, sg_event_id: 'e', event: 'spamreport' }]
  const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey

  test.each([
    ['signed by somebody else', () => call(events, { by: other }), 'signature-invalid'],
    ['with another body', () => ({ ...call(events), body: '[]' }), 'signature-invalid'],
    ['without a signature', () => ({ ...call(events), headers: {} }), 'signature-invalid'],
    ['of the day before yesterday', () => call(events, { at: now - 2 * 86_400_000 }), 'signature-expired'],
  ])('%s is refused', (_what, made, code) => {
    expect(() => readSendgrid(made())).toThrow(expect.objectContaining({ code }))
  })

  test('and no list is told as such', () => {
    expect(() => readSendgrid(call({ event: 'delivered' }))).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    )
  })
})
