import { generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailDocument } from '../../../shared/mail/blocks.ts'
import { signedHeaders } from '../../channels/signature.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

const secret = 'a secret of twenty letters'
const relay = {
  host: 'smtp.shop.example',
  port: 465,
  secure: true,
  from: '礼物 <gifts@shop.example>',
  secret,
}

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ mode: 'live' })
})
afterEach(() => server.close())

describe('signing e-mail', () => {
  test('makes a key, of which only the public half is ever told', async () => {
    expectProblem(await server.ask('GET', '/settings/channels/email/dkim'), 409, 'channel-absent')
    await server.ask('PUT', '/settings/channels/email', { ...relay, user: 'u', password: 'p' })
    expect((await server.ask('GET', '/settings/channels/email/dkim')).body).toEqual({ record: null })
    const made = await server.ask<{ record: { name: string; value: string } }>(
      'POST',
      '/settings/channels/email/dkim',
      { domain: 'Shop.example', selector: 'm1' },
    )
    expect(made.body.record).toMatchObject({
      name: 'm1._domainkey.shop.example',
      type: 'TXT',
      value: expect.stringMatching(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/=]{300,}$/),
    })
    const { text } = await server.ask('GET', '/settings/channels')
    expect(text).toContain('dkimKey')
    expect(text).not.toMatch(/MII[A-Za-z0-9+/]{40}/)
    const again = await server.ask('GET', '/settings/channels/email/dkim')
    expect(again.body).toEqual(made.body)
    // What stood there before stays, secrets too.
    expect(text).toContain('"secretsSet":["password","secret","dkimKey"]')
  })

  test('refuses what is no domain, in words that say so', async () => {
    await server.ask('PUT', '/settings/channels/email', relay)
    const wrong = await server.ask('POST', '/settings/channels/email/dkim', {
      domain: 'no domain',
      selector: 'm1',
    })
    expectProblem(wrong, 400, 'invalid-request')
    expect(wrong.body).toMatchObject({ place: 'domain' })
  })
})

describe('a mail that came back, handed over whole', () => {
  const bounce = [
    'From: MAILER-DAEMON@relay.example',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example',
    '',
    'Final-Recipient: rfc822; gone@example.com',
    'Action: failed',
    'Status: 5.1.1',
    '--b1--',
    '',
  ].join('\r\n')
  const hand = (raw: string, key = secret) =>
    server.ask('POST', '/hooks/own/email/raw', raw, {
      'content-type': 'message/rfc822',
      ...signedHeaders(key, `raw-${raw.length}`, raw, Date.now()),
    })

  test('closes the address that there is no more, and only where it is signed', async () => {
    expectProblem(await hand(bounce), 409, 'channel-absent')
    await server.ask('PUT', '/settings/channels/email', relay)
    await server.ask('POST', '/customers', [{ id: 'gone', email: 'gone@example.com' }])
    expectProblem(await hand(bounce, 'another secret, long enough'), 401, 'signature-invalid')
    const taken = await hand(bounce)
    expect(taken.status).toBe(200)
    expect(taken.body).toMatchObject({ refused: 0, ignored: 0 })
    expect((await hand('From: a@example.com\r\n\r\nwords')).body).toMatchObject({ accepted: 0, kept: 0 })
  })
})

describe('what SendGrid pushes', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const push = (events: readonly object[]) => {
    const body = JSON.stringify(events)
    const timestamp = String(Math.floor(Date.now() / 1000))
    return server.ask('POST', '/hooks/own/email/sendgrid', body, {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(timestamp + body),
        privateKey,
      ).toString('base64'),
    })
  }

  test('is a complaint of whoever bears the address, once however often it is pushed', async () => {
    const { now } = (await server.ask<{ now: number }>('GET', '/clock')).body
    const complaint = {
      ...{ email: 'wang@example.com', event: 'spamreport', sg_event_id: 'once' },
      timestamp: Math.floor(now / 1000),
    }
    await server.ask('PUT', '/settings/channels/email', relay)
    expectProblem(await push([complaint]), 409, 'channel-absent')
    const wrong = await server.ask('PUT', '/settings/channels/email', { ...relay, sendgridKey: 'no key' })
    expectProblem(wrong, 400, 'invalid-request')
    await server.ask('PUT', '/settings/channels/email', { ...relay, sendgridKey: key })
    await server.ask('POST', '/customers', [{ id: 'wang', email: 'wang@example.com' }])
    expect((await push([complaint])).body).toMatchObject({ accepted: 1, duplicates: 0 })
    expect((await push([complaint])).body).toMatchObject({ accepted: 0, duplicates: 1 })
    const wang = await server.ask('GET', '/customers/wang')
    expect(wang.text).toContain('"closed":{"email":"complaint"}')
  })
})

test('blocks are laid out by the API, and what is no mail is refused with its place', async () => {
  const document = mailDocument.parse({
    blocks: [{ id: 'b1', kind: 'text', text: { en: 'Hello {{ customer.name }}' } }],
  })
  const made = await server.ask<{ mail: { laid: { html: string } } }>('POST', '/mails/layout', { document })
  expect(made.status).toBe(200)
  expect(made.body.mail.laid.html).toContain('mpslot_b1_text_0_')
  const twice = { ...document, blocks: [...document.blocks, ...document.blocks] }
  const wrong = await server.ask('POST', '/mails/layout', { document: twice })
  expectProblem(wrong, 400, 'invalid-request')
  expect(wrong.body).toMatchObject({ place: 'document.blocks' })
})
