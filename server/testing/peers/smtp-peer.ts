import type { AddressInfo, Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/**
 * What the server does with a message:
 * - accept: takes it and says so.
 * - refuse, defer: answers its recipient with 550 or 451, before DATA.
 * - refuse-data, defer-data: answers its text with 554 or 452.
 * - drop-before-data: breaks the connection at the recipient.
 * - drop-after-data: takes it, and breaks the connection before the answer.
 * - hang: reads it and never answers.
 * - refuse-login: answers every login with 535. busy: greets with 421 and closes.
 */
export type SmtpBehaviour =
  | 'accept'
  | 'refuse'
  | 'defer'
  | 'refuse-data'
  | 'defer-data'
  | 'drop-before-data'
  | 'drop-after-data'
  | 'hang'
  | 'refuse-login'
  | 'busy'

export interface ReceivedMail {
  /** As in the header, with its angle brackets. */
  messageId: string
  from: string
  to: readonly string[]
  /** Header lines unfolded, names in lower case; a header given twice is joined by a line break. */
  headers: Readonly<Record<string, string>>
  raw: string
}

export interface SmtpPeer {
  host: string
  port: number
  /** Every message taken, in order; a second one of a Message-ID is there twice. */
  readonly received: readonly ReceivedMail[]
  /** Messages whose text arrived, whether taken or not. */
  readonly attempts: number
  /** How many messages with this Message-ID were taken. */
  count(messageId: string): number
  /** Sets what is done from now on, by name or by a choice for the n-th message (from 1). */
  behave(next: SmtpBehaviour | ((nth: number) => SmtpBehaviour)): void
  close(): Promise<void>
}

/** A real SMTP server on loopback and a port of its own; takes any login, and offers no TLS. */
export async function startSmtpPeer(): Promise<SmtpPeer> {
  const received: ReceivedMail[] = []
  const sockets = new Map<number, Socket>()
  const chosen = new Map<string, SmtpBehaviour>()
  let behaviour: SmtpBehaviour | ((nth: number) => SmtpBehaviour) = 'accept'
  let messages = 0
  let attempts = 0
  const drop = (session: SMTPServerSession) => {
    sockets.get(session.remotePort)?.destroy()
  }
  const take = (mail: ReceivedMail, session: SMTPServerSession, done: (error?: Error | null) => void) => {
    attempts += 1
    const doing = chosen.get(session.id)
    if (doing === 'refuse-data') return done(reply(554, 'not wanted'))
    if (doing === 'defer-data') return done(reply(452, 'no room just now'))
    if (doing === 'hang') return
    received.push(mail)
    if (doing === 'drop-after-data') return drop(session)
    done(null)
  }

  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, done) => done(behaviour === 'busy' ? reply(421, 'too busy') : null),
    onAuth: ({ username }, _session, done) =>
      behaviour === 'refuse-login' ? done(reply(535, 'login refused')) : done(null, { user: username }),
    onMailFrom: (_address, session, done) => {
      messages += 1
      chosen.set(session.id, typeof behaviour === 'function' ? behaviour(messages) : behaviour)
      done()
    },
    onRcptTo: ({ address }, session, done) => {
      const doing = chosen.get(session.id)
      if (doing === 'refuse') return done(reply(550, `no such person: ${address}`))
      if (doing === 'defer') return done(reply(451, 'try again later'))
      if (doing === 'drop-before-data') return drop(session)
      done()
    },
    onData: (stream, session, done) => {
      // A client killed in mid-sentence leaves half a text: it is not a message.
      textOf(stream).then((raw) => take(readMail(raw, session), session, done), done)
    },
  })
  // A client that goes away in mid-sentence is part of what is tested.
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.once('close', () => sockets.delete(port))
  })
  const { port } = await listen(server)
  return {
    host: '127.0.0.1',
    port,
    received,
    get attempts() {
      return attempts
    },
    count: (messageId) => received.filter((mail) => mail.messageId === messageId).length,
    behave(next) {
      behaviour = next
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets.values()) socket.destroy()
      await closed
    },
  }
}

function listen(server: SMTPServer): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject)
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      if (address === null || typeof address === 'string') reject(new Error('not listening on a port'))
      else resolve(address)
    })
  })
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function readMail(raw: string, session: SMTPServerSession): ReceivedMail {
  const { mailFrom, rcptTo } = session.envelope
  const headers = readHeaders(raw)
  return {
    messageId: headers['message-id'] ?? '',
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    headers,
    raw,
  }
}

function readHeaders(raw: string): Record<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  const headers: Record<string, string> = {}
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}\n${value}` : value
  }
  return headers
}
