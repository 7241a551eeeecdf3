import { createHash, createPublicKey, createVerify } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type LookupFunction } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { email as definition } from '../../shared/channels/email.ts'
import type { SettingsOf } from '../../shared/channels/index.ts'
import { sampleMessage } from '../testing/peers/sample-message.ts'
import { type SmtpBehaviour, type SmtpPeer, startSmtpPeer } from '../testing/peers/smtp-peer.ts'
import type { Channel, SendResult } from './channel.ts'
import { makeDkimKey, publicHalf, readDkimKey } from './dkim.ts'
import { createEmailChannel, type EmailDeps, messageIdOf } from './email.ts'

const password = 'the-word-of-the-relay'
const never = new AbortController().signal

let peer: SmtpPeer
let channel: Channel
let guarded: Partial<EmailDeps> = {}

beforeEach(async () => {
  guarded = {}
  peer = await startSmtpPeer()
  channel = emailBy()
})
afterEach(async () => {
  await channel.close()
  await peer.close()
})

function emailBy(changes: Partial<SettingsOf<'email'>> = {}, answerMs = 2000, connectMs = 2000): Channel {
  const settings = definition.settings.schema.parse({
    host: peer.host,
    port: peer.port,
    secure: false,
    from: '鹊桥礼物 <gifts@magpie.example>',
    ...changes,
  })
  return createEmailChannel(settings, { timeouts: { connectMs, answerMs }, ...guarded })
}

async function reopen(
  changes: Partial<SettingsOf<'email'>>,
  answerMs?: number,
  connectMs?: number,
): Promise<void> {
  await channel.close()
  channel = emailBy(changes, answerMs, connectMs)
}

function mail(changes: Parameters<typeof sampleMessage>[0] = {}) {
  return sampleMessage({ to: 'wang@example.com', subject: '七夕礼盒', ...changes })
}

async function sendOne(changes: Parameters<typeof sampleMessage>[0] = {}): Promise<SendResult | undefined> {
  const [result] = await channel.send([mail(changes)], never)
  return result
}

/** A header field, relaxed (RFC 6376, 3.4.2): its name small, its blanks one. */
const relaxed = (line: string) => {
  const at = line.indexOf(':')
  return `${line.slice(0, at).trim().toLowerCase()}:${line
    .slice(at + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`
}

function signatureIn(raw: string) {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw.slice(0, end).split(/\r\n(?![ \t])/)
  const field = lines.find((line) => /^dkim-signature:/i.test(line)) ?? ''
  const tags: Record<string, string> = Object.fromEntries(
    field
      .slice(field.indexOf(':') + 1)
      .split(';')
      .map((tag) => {
        const [name = '', ...value] = tag.split('=')
        return [name.trim(), value.join('=').replace(/\s+/g, '')]
      }),
  )
  return { lines, field, tags, body: raw.slice(end + 4) }
}

/** Whether a mail bears the signature of a key: by RFC 6376 itself, and not by who has signed. */
function isSigned(raw: string, publicKey: string): boolean {
  const { lines, field, tags, body } = signatureIn(raw)
  const whole = `${body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(?:\r\n)+$/, '')}\r\n`
  if (createHash('sha256').update(whole).digest('base64') !== tags.bh) return false
  const signed = (tags.h ?? '').split(':').flatMap((name) => {
    const line = lines.findLast((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    return line === undefined ? [] : [relaxed(line)]
  })
  const own = relaxed(field.replace(/(\bb=)[^;]*/, '$1'))
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return createVerify('sha256')
    .update([...signed, own].join('\r\n'))
    .verify(key, tags.b ?? '', 'base64')
}

describe('an e-mail', () => {
  test('arrives with its text, its sender and the Message-ID of its key', async () => {
    const messageId = messageIdOf('e1:sms-t14:1', 'gifts@magpie.example')
    expect(await sendOne({ html: '<p>七夕</p>' })).toEqual({ kind: 'accepted', providerId: messageId })
    const [received] = peer.received
    expect(received).toMatchObject({ messageId, from: 'gifts@magpie.example', to: ['wang@example.com'] })
    expect(received?.headers.to).toBe('wang@example.com')
    expect(received?.headers.date).toBe('Wed, 05 Aug 2026 02:00:00 +0000')
    expect(received?.headers['content-type']).toContain('multipart/alternative')
    expect(channel.idempotent).toBe(false)
  })

  test('says how to unsubscribe, in one click too', async () => {
    await sendOne({ unsubscribeUrl: 'https://magpie.example/u/abc?c=七夕' })
    await sendOne({ key: 'service', purpose: 'service' })
    const [marketing, service] = peer.received
    expect(marketing?.headers['list-unsubscribe']).toBe('<https://magpie.example/u/abc?c=%E4%B8%83%E5%A4%95>')
    expect(marketing?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    expect(service?.headers).not.toHaveProperty('list-unsubscribe')
    expect(service?.headers).not.toHaveProperty('list-unsubscribe-post')
  })

  test('is signed for its domain, so that whoever reads the record can tell that it is whole', async () => {
    const key = await makeDkimKey()
    await reopen({ dkimDomain: 'magpie.example', dkimSelector: 'm1', dkimKey: key })
    await sendOne({
      html: '<p>七夕  好 </p>',
      text: '七夕\n',
      unsubscribeUrl: 'https://magpie.example/u/abc',
    })
    const [received] = peer.received
    const signature = signatureIn(received?.raw ?? '')
    expect(signature.tags).toMatchObject({ d: 'magpie.example', s: 'm1', a: 'rsa-sha256' })
    // RFC 8058 wants the way out under the signature.
    expect(signature.tags.h?.toLowerCase().split(':')).toEqual(
      expect.arrayContaining(['from', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']),
    )
    expect(isSigned(received?.raw ?? '', publicHalf(key))).toBe(true)
    expect(isSigned((received?.raw ?? '').replace('Subject: ', 'Subject: X'), publicHalf(key))).toBe(false)
    expect(isSigned(received?.raw ?? '', publicHalf(await makeDkimKey()))).toBe(false)
  })

  test('takes a pasted key as PEM with or without its line breaks, and says what is none', async () => {
    const key = await makeDkimKey()
    const pem = readDkimKey(key).export({ type: 'pkcs1', format: 'pem' }).toString()
    for (const pasted of [pem, pem.replaceAll('\n', ' '), key])
      expect(publicHalf(pasted)).toBe(publicHalf(key))
    expect(() => emailBy({ dkimDomain: 'magpie.example', dkimSelector: 'm1', dkimKey: 'no key' })).toThrow()
  })

  test('repeated by hand bears the same Message-ID, so that the second can be known', async () => {
    await sendOne()
    await sendOne()
    expect(peer.count(messageIdOf('e1:sms-t14:1', 'gifts@magpie.example'))).toBe(2)
    expect(messageIdOf('a', 'x@y.example')).not.toBe(messageIdOf('b', 'x@y.example'))
  })

  test('cannot be given further headers or recipients by what is written in it', async () => {
    const evil = 'hello\r\nBcc: thief@example.com\r\n\r\nbody\u2028Bcc: thief@example.com'
    await sendOne({
      subject: evil,
      key: evil,
      unsubscribeUrl: `https://magpie.example/\r\nBcc: thief@example.com>`,
    })
    const [received] = peer.received
    expect(received?.to).toEqual(['wang@example.com'])
    expect(received?.headers).not.toHaveProperty('bcc')
    expect(received?.messageId).toMatch(/^<[0-9a-f]{40}@magpie\.example>$/)
    const addresses = [
      'a@b.example\r\nBcc: t@x.example',
      'a@b.example, t@x.example',
      '<a@b.example>',
      'a b@c.example',
      'none',
      '',
    ]
    for (const to of addresses) {
      expect(await sendOne({ to })).toMatchObject({ kind: 'rejected', code: 'invalid-address' })
    }
    expect(peer.received).toHaveLength(1)
  })

  test('of a large batch goes over few connections, each with its own result', async () => {
    peer.behave((nth) => (nth % 5 === 0 ? 'refuse' : 'accept'))
    const messages = Array.from({ length: 40 }, (_, n) => mail({ key: `k${n}`, to: `c${n}@example.com` }))
    const results = await channel.send(messages, never)
    expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(32)
    const taken = new Set(peer.received.map(({ messageId }) => messageId))
    messages.forEach(({ key }, n) => {
      expect(results[n]?.kind).toBe(
        taken.has(messageIdOf(key, 'gifts@magpie.example')) ? 'accepted' : 'rejected',
      )
    })
  })

  test.each([
    ['refuse', { kind: 'rejected', code: 'smtp-550' }],
    ['defer', { kind: 'retry', code: 'smtp-451', afterMs: null }],
    ['refuse-data', { kind: 'rejected', code: 'smtp-554' }],
    ['defer-data', { kind: 'retry', code: 'smtp-452', afterMs: null }],
    ['busy', { kind: 'endpoint', mend: 'time' }],
    ['drop-before-data', { kind: 'endpoint', mend: 'time', inDoubt: false }],
    ['drop-after-data', { kind: 'unknown' }],
  ] as const satisfies readonly [SmtpBehaviour, Partial<SendResult>][])(
    'that meets a server’s “%s” ends as such, tried once',
    async (behaviour, expected) => {
      peer.behave(behaviour)
      const result = await sendOne()
      expect(result).toMatchObject(expected)
      expect(JSON.stringify(result)).not.toContain('wang@example.com')
      expect(peer.attempts).toBeLessThanOrEqual(1)
    },
  )

  test('whose answer never comes is unknown, and the channel goes on', async () => {
    // The server is silent for 100 ms before its greeting, as it does against clients that talk too early.
    await reopen({}, 250)
    peer.behave('hang')
    expect(await sendOne()).toMatchObject({ kind: 'unknown', code: 'etimedout' })
    expect(peer.attempts).toBe(1)
    peer.behave('accept')
    expect(await sendOne({ key: 'next' })).toMatchObject({ kind: 'accepted' })
  })

  test('that finds the pool’s connection gone was not sent, and goes over a new one', async () => {
    await sendOne({ key: 'first' })
    peer.behave('drop-before-data')
    expect(await sendOne({ key: 'second' })).toMatchObject({ kind: 'endpoint', mend: 'time' })
    peer.behave('accept')
    expect(await sendOne({ key: 'second' })).toMatchObject({ kind: 'accepted' })
    expect(peer.received).toHaveLength(2)
  })

  test('that finds no server was certainly not sent', async () => {
    await peer.close()
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'time', code: 'esocket' })
    peer = await startSmtpPeer()
  })

  test('is given up when the dispatcher stops: unknown once its text was on its way, else to be retried', async () => {
    peer.behave('hang')
    const stop = new AbortController()
    const sending = channel.send([mail()], stop.signal)
    await expect.poll(() => peer.attempts).toBe(1)
    stop.abort()
    expect(await sending).toMatchObject([{ kind: 'unknown', code: 'eabort' }])
    expect(await channel.send([mail()], stop.signal)).toMatchObject([{ kind: 'retry', code: 'eabort' }])
  })

  test('waits while the relay refuses our login, and nobody reads the password', async () => {
    await reopen({ user: 'magpie', password, allowPlaintext: true })
    peer.behave('refuse-login')
    const result = await sendOne()
    expect(result).toMatchObject({
      kind: 'endpoint',
      mend: 'person',
      code: 'smtp-535',
      afterMs: 300_000,
    })
    const checked = await channel.verify?.()
    expect(checked?.ok).toBe(false)
    for (const words of [JSON.stringify(result), JSON.stringify(checked)])
      expect(words).not.toContain(password)
    peer.behave('accept')
    expect(await sendOne()).toMatchObject({ kind: 'accepted' })
    expect(await channel.verify?.()).toMatchObject({ ok: true })
  })

  test('does not show the password to a relay without TLS', async () => {
    await reopen({ user: 'magpie', password })
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'person' })
    expect(peer.received).toHaveLength(0)
  })

  test('leaves when that is written down, and only as many wait for it as there are connections', async () => {
    const asked: (() => void)[] = []
    const begin = () => new Promise<boolean>((resolve) => asked.push(() => resolve(true)))
    const messages = Array.from({ length: 12 }, (_, n) => mail({ key: `k${n}`, to: `c${n}@example.com` }))
    const sending = channel.send(messages, never, begin)
    await expect.poll(() => asked.length).toBe(4)
    expect(peer.attempts).toBe(0)
    asked.shift()?.()
    await expect.poll(() => peer.received.length).toBe(1)
    await expect.poll(() => asked.length).toBe(4)
    expect(peer.attempts).toBe(1)
    const writing = setInterval(() => asked.shift()?.(), 1)
    expect(await sending).toHaveLength(12)
    clearInterval(writing)
    expect(peer.received).toHaveLength(12)
  })

  test('that is not to be sent any more when its turn has come, leaves nothing behind', async () => {
    const [taken, other] = await channel.send(
      [mail({ key: 'taken' }), mail({ key: 'other' })],
      never,
      async ({ key }) => key === 'other',
    )
    expect(taken).toMatchObject({ kind: 'retry' })
    expect(other).toMatchObject({ kind: 'accepted' })
    expect(peer.attempts).toBe(1)
  })

  test('that cannot be written down is not sent, and its relay is not blamed', async () => {
    const results = await channel.send([mail()], never, async () => {
      throw new Error('the disk is full')
    })
    expect(results).toMatchObject([{ kind: 'retry', code: 'estream' }])
    expect(peer.attempts).toBe(0)
    expect(await sendOne()).toMatchObject({ kind: 'accepted' })
  })

  test('under way is waited for when the channel closes', async () => {
    const sending = channel.send([mail()], never)
    await channel.close()
    expect(await sending).toMatchObject([{ kind: 'accepted' }])
    expect(await sendOne()).toMatchObject({ kind: 'retry' })
  })
})

describe('a relay', () => {
  const leads = (...addresses: readonly string[]) => {
    let next = 0
    const resolve: LookupFunction = (_name, _options, done) => {
      const address = addresses[Math.min(next, addresses.length - 1)] ?? ''
      next += 1
      done(null, [{ address, family: 4 }])
    }
    guarded = { resolve }
    return () => next
  }

  test('whose name leads into one’s own network gets nothing without leave, and a person has to give it', async () => {
    leads('127.0.0.1')
    await reopen({ host: 'smtp.example.com' })
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'person', code: 'blocked_address' })
    expect(await channel.verify?.()).toMatchObject({ ok: false })
    expect(peer.attempts).toBe(0)
    await reopen({ host: 'smtp.example.com', allowPrivate: true })
    expect(await sendOne()).toMatchObject({ kind: 'accepted' })
  })

  test.each(['localhost', 'mailhog', 'relay.internal'])('at %s is one’s own by its name', async (host) => {
    leads('127.0.0.1')
    await reopen({ host })
    expect(await sendOne()).toMatchObject({ kind: 'accepted' })
  })

  test.each(['169.254.169.254', 'fd00:ec2::254', 'metadata.google.internal'])(
    'at %s is never connected to',
    async (host) => {
      leads('169.254.169.254')
      await reopen({ host, allowPrivate: true })
      expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'person', code: 'blocked_address' })
    },
  )

  test('is connected to by the one look-up that was judged, whatever its name leads to next', async () => {
    const looked = leads('127.0.0.1', '169.254.169.254')
    await reopen({ host: 'smtp.example.com', allowPrivate: true })
    expect(await sendOne()).toMatchObject({ kind: 'accepted' })
    expect(looked()).toBe(1)
  })

  test('whose name leads nowhere is for a person to mend', async () => {
    const none = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    guarded = { resolve: (_name, _options, done) => done(none, []) }
    await reopen({ host: 'smtp.example.com' })
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'person', code: 'edns' })
  })

  test('whose name is never looked up to its end is given up in time', async () => {
    guarded = { resolve: () => undefined }
    await reopen({ host: 'smtp.example.com' }, 100, 100)
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'time', code: 'etimedout' })
  })

  test('whose certificate nobody vouches for is told nothing', async () => {
    const secured = new SMTPServer({ secure: true, logger: false, authOptional: true })
    secured.on('error', () => undefined)
    const listening = secured.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    // A server over TCP has such an address.
    await reopen({ secure: true, port: (listening.address() as AddressInfo).port })
    expect(await sendOne()).toMatchObject({ kind: 'endpoint', mend: 'person', code: 'esocket' })
    await channel.close()
    await new Promise<void>((done) => secured.close(done))
  })

  test('that talks without end is cut off, and quoted shortened', async () => {
    const babbler = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.write(`220-${'x'.repeat(10_000_000)}`)
    })
    await new Promise<void>((done) => babbler.listen(0, '127.0.0.1', done))
    // A server over TCP has such an address.
    await reopen({ port: (babbler.address() as AddressInfo).port })
    const result = await sendOne()
    expect(result).toMatchObject({ kind: 'endpoint' })
    expect(JSON.stringify(result).length).toBeLessThan(600)
    await channel.close()
    await new Promise((done) => babbler.close(done))
  })
})
