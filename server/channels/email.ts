import { createHash } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { createTransport, type PluginFunction, type SMTPPoolSentMessageInfo } from 'nodemailer'
import type { SettingsOf } from '../../shared/channels/index.ts'
import { isAddress, type Mailbox, parseMailbox } from '../../shared/channels/mailbox.ts'
import { limits } from '../../shared/limits.ts'
import type { Begin, Channel, OutboundMessage, SendResult, Timeouts } from './channel.ts'
import { readDkimKey } from './dkim.ts'
import { createFlight } from './flight.ts'
import { createGuard, type GuardOptions } from './guard.ts'
import { ownHosts } from './own-host.ts'
import { errorCode, errorText, redact } from './redact.ts'
import { isTaken, smtpResult } from './smtp-answers.ts'
import { openRelay } from './smtp-socket.ts'

export interface EmailDeps extends Pick<GuardOptions, 'allowHosts' | 'resolve'> {
  timeouts: Timeouts
}

/** One delivery: whether any byte of the message has left, and whether all has. */
interface Attempt {
  /** Asked when the server waits for the text. */
  readonly may: () => Promise<boolean>
  begun: boolean
  whole: boolean
  /** What became of it is told: nothing of it may leave any more. */
  over: boolean
}

class Withheld extends Error {
  override readonly name = 'Withheld'
}

/** The text of a message, of which nothing is read, and so nothing sent, before it may leave. */
async function* textOf(source: AsyncIterable<Buffer>, attempt: Attempt): AsyncGenerator<Buffer> {
  if (!(await attempt.may()) || attempt.over) throw new Withheld('the message is not to be sent any more')
  for await (const chunk of source) {
    attempt.begun = true
    yield chunk
  }
  attempt.whole = true
}

type EmailSettings = SettingsOf<'email'>

/**
 * E-mail by SMTP over a pool of connections. SMTP has no idempotency: once the first byte of a message has
 * been sent, only the server's complete answer decides, and without it the message is *unknown* for good.
 */
export function createEmailChannel(settings: EmailSettings, deps: EmailDeps): Channel {
  const from = parseMailbox(settings.from)
  if (from === null) throw new TypeError('The sender must be an address, or a name and <address>')
  const transport = openTransport(settings, deps)
  const flight = createFlight()
  const secrets = [settings.password, plainLogin(settings)]

  // Nodemailer copies the data of a mail, but not its signal: the signal is what an attempt is known by.
  const attempts = new WeakMap<AbortSignal, Attempt>()
  const watch: PluginFunction<SMTPPoolSentMessageInfo> = (mail, done) => {
    const { message } = mail
    const { signal } = mail.data
    if (message && signal) {
      const attempt = attempts.get(signal)
      const open = message.createReadStream.bind(message)
      message.createReadStream = (options) => {
        const source = open(options)
        if (attempt === undefined) return source
        // The connection reads it after the server's 354, and not before.
        const text = Readable.from(textOf(source, attempt), { objectMode: false })
        source.once('error', (error) => text.destroy(error))
        return text.once('close', () => source.destroy())
      }
    }
    done()
  }
  transport.use('stream', watch)

  let closed = false
  const sendOne = async (message: OutboundMessage, outer: AbortSignal, begin: Begin): Promise<SendResult> => {
    if (closed)
      return { kind: 'retry', code: 'closed', detail: 'the channel is being set up anew', afterMs: 0 }
    if (!isAddress(message.to)) {
      return { kind: 'rejected', code: 'invalid-address', detail: 'not an e-mail address' }
    }
    // Silence has its own limit; this one ends a server that trickles, time in the pool's queue included.
    const signal = AbortSignal.any([outer, AbortSignal.timeout(deps.timeouts.answerMs * 10)])
    const clean = (text: string) => redact(text, [...secrets, message.to])
    const attempt: Attempt = { may: () => begin(message), begun: false, whole: false, over: false }
    attempts.set(signal, attempt)
    try {
      const sent = await transport.sendMail({ ...compose(from, message), signal })
      if (attempt.whole && isTaken(sent.response)) return { kind: 'accepted', providerId: sent.messageId }
      return { kind: 'unknown', code: 'bad-answer', detail: clean(sent.response) }
    } catch (error) {
      return smtpResult(error, attempt.begun, clean)
    } finally {
      attempt.over = true
    }
  }

  return {
    id: 'email',
    idempotent: false,
    batch: 50,
    send: (messages, signal, begin = always) =>
      flight.track(Promise.all(messages.map((message) => sendOne(message, signal, begin)))),
    async verify() {
      try {
        await transport.verify()
        return { ok: true, detail: `${settings.host}:${settings.port} is ready` }
      } catch (error) {
        return { ok: false, detail: redact(`${errorCode(error)}: ${errorText(error)}`, secrets) }
      }
    },
    async close() {
      closed = true
      await flight.landed()
      transport.close()
    },
  }
}

/** Of a message that nobody keeps account of. */
const always: Begin = async () => true

/** The Message-ID of a key: the same for every attempt, so that a mailbox or a log shows a duplicate as one. */
export function messageIdOf(key: string, fromAddress: string): string {
  const local = createHash('sha256').update(`message-id:${key}`).digest('hex').slice(0, 40)
  return `<${local}@${fromAddress.slice(fromAddress.lastIndexOf('@') + 1)}>`
}

/** RFC 8058 wants both fields of the way out under the signature. */
const signedFields =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post'

function signatureOf({ dkimDomain, dkimSelector, dkimKey }: EmailSettings) {
  if (dkimDomain === undefined || dkimSelector === undefined || dkimKey === undefined) return {}
  const privateKey = readDkimKey(dkimKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    dkim: { domainName: dkimDomain, keySelector: dkimSelector, privateKey, headerFieldNames: signedFields },
  }
}

/** How nodemailer hears of a connection, or why there is none. */
type Connected = (error: Error | null, made?: { connection: Socket; secured: boolean }) => void

function openTransport(settings: EmailSettings, { timeouts, ...names }: EmailDeps) {
  const { host, port, secure, user, password } = settings
  const login = user !== undefined && password !== undefined
  const guard = createGuard({ ...names, allowPrivate: settings.allowPrivate, ownHosts: ownHosts(host) })
  const judgedBy = { minVersion: 'TLSv1.2', ...(isIP(host) === 0 ? { servername: host } : {}) } as const
  const relay = { host, port, tls: secure ? judgedBy : null, connectMs: timeouts.connectMs }
  return createTransport({
    pool: true,
    // Every connection is made here, so that none goes past the guard.
    getSocket(_options: object, done: Connected) {
      openRelay(guard, relay).then(
        (connection) => done(null, { connection, secured: secure }),
        (error: Error) => done(error),
      )
    },
    host,
    port,
    secure,
    ...(login ? { auth: { user, pass: password } } : {}),
    // A password goes out in the clear only where that was asked for.
    requireTLS: login && !secure && !settings.allowPlaintext,
    maxConnections: 4,
    maxMessages: 200,
    // The pool would send a message again whose connection closed; trying again is the dispatcher's to decide.
    maxRequeues: 0,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    socketTimeout: timeouts.answerMs,
    maxResponseSize: limits.relayAnswerSize.value,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: judgedBy,
    ...signatureOf(settings),
  })
}

function compose(from: Mailbox, message: OutboundMessage) {
  const unsubscribe = unsubscribeHeaders(message.unsubscribeUrl)
  return {
    from,
    to: { name: '', address: message.to },
    envelope: { from: from.address, to: [message.to] },
    subject: oneLine(message.subject ?? ''),
    text: message.text,
    ...(message.html === null ? {} : { html: message.html }),
    date: new Date(message.sentAt),
    messageId: messageIdOf(message.key, from.address),
    ...(unsubscribe === null ? {} : unsubscribe),
  }
}

/** RFC 2369 and RFC 8058. A client offers the one click only where the URL is https. */
function unsubscribeHeaders(url: string | null) {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null
  return {
    list: { unsubscribe: { url: parsed.href, comment: '' } },
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
}

/** A header's text: what could end the line or hide in it becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** The form in which AUTH PLAIN carries the password. */
function plainLogin({ user, password }: EmailSettings): string | null {
  return user === undefined || password === undefined ? null : `\u0000${user}\u0000${password}`
}
