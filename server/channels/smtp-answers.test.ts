import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { email as definition } from '../../shared/channels/email.ts'
import { sampleMessage } from '../testing/peers/sample-message.ts'
import type { SendResult } from './channel.ts'
import { createEmailChannel } from './email.ts'

/** What a scripted server says to each step; `null`: it breaks the connection off; `''`: it says nothing. */
interface Script {
  readonly greeting?: string | null
  readonly ehlo?: string
  readonly mail?: string | null
  readonly rcpt?: string | null
  readonly data?: string | null
  /** To the text of the message, which it has then read whole. */
  readonly text?: string | null
  /** After so many bytes of the text it breaks the connection off. */
  readonly breakInText?: boolean
}

let server: Server | null = null
afterEach(async () => {
  const open = server
  server = null
  await new Promise<void>((resolve) => (open === null ? resolve() : open.close(() => resolve())))
})

interface Heard {
  /** Texts that came whole, with the line that ends them. */
  texts: number
}

function talk(socket: Socket, script: Script, heard: Heard): void {
  const say = (words: string | null | undefined, usual: string) => {
    if (words === null) socket.destroy()
    else if (words !== '') socket.write(words ?? usual)
  }
  let inText = false
  let rest = ''
  const line = (text: string) => {
    if (inText) {
      if (script.breakInText) return void socket.destroy()
      if (text !== '.') return
      inText = false
      heard.texts += 1
      return say(script.text, '250 taken\r\n')
    }
    const verb = text.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') say(script.ehlo, '250 here\r\n')
    else if (verb === 'MAIL') say(script.mail, '250 ok\r\n')
    else if (verb === 'RCPT') say(script.rcpt, '250 ok\r\n')
    else if (verb === 'DATA') {
      inText = /^3/m.test(script.data ?? '354 go on\r\n')
      say(script.data, '354 go on\r\n')
    } else if (verb === 'RSET') say('250 ok\r\n', '')
    else say('221 bye\r\n', '')
  }
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const one of lines) if (!socket.destroyed) line(one)
  })
  say(script.greeting, '220 hello\r\n')
}

async function sendTo(script: Script): Promise<{ result: SendResult | undefined; heard: Heard }> {
  const heard: Heard = { texts: 0 }
  const sockets = new Set<Socket>()
  const opened = createServer((socket) => {
    sockets.add(socket)
    talk(socket, script, heard)
  })
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  const address = opened.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const settings = definition.settings.schema.parse({
    host: '127.0.0.1',
    port,
    secure: false,
    from: 'a@b.example',
  })
  const channel = createEmailChannel(settings, { timeouts: { connectMs: 400, answerMs: 400 } })
  const message = sampleMessage({ to: 'wang@example.com', subject: '七夕' })
  const [result] = await channel.send([message], new AbortController().signal)
  await channel.close()
  for (const socket of sockets) socket.destroy()
  return { result, heard }
}

describe('after the text of a message, only a whole answer decides', () => {
  test.each([
    ['a line that is no reply', { text: 'OK, thank you\r\n' }],
    ['another', { text: '\u0007\u0000!!\r\n' }],
    ['a digit alone', { text: '2\r\n' }],
    ['a reply cut in the middle', { text: '25' }],
    ['a reply without the end of its line, and silence', { text: '250 taken' }],
    ['goodbye', { text: '421 closing\r\n' }],
    ['that it has lost the thread', { text: '503 what?\r\n' }],
    ['the answer to the command before', { text: '354 go on\r\n' }],
    ['a number that is none of SMTP', { text: '999 fine\r\n' }],
    ['the end of the connection', { text: null }],
    ['silence', { text: '' }],
    ['more lines of a reply than come', { text: '250-taken\r\n' }],
  ] as const)('%s: unknown, taken as it was', async (_words, script) => {
    const { result, heard } = await sendTo(script)
    expect(result).toMatchObject({ kind: 'unknown' })
    expect(heard.texts).toBe(1)
  })

  test('an answer of one step too many does not pass for the message’s', async () => {
    const { result, heard } = await sendTo({ rcpt: '250 ok\r\n250 and again\r\n' })
    expect(result).toMatchObject({ kind: 'unknown' })
    expect(heard.texts).toBe(1)
  })

  test('a text that was broken off in the middle is unknown', async () => {
    expect((await sendTo({ breakInText: true })).result).toMatchObject({ kind: 'unknown' })
  })

  test.each([
    ['250 2.0.0 queued as 17\r\n', 'accepted'],
    ['250-2.0.0 queued\r\n250 as 17\r\n', 'accepted'],
    ['554 5.7.1 not wanted\r\n', 'rejected'],
    ['552 5.3.4 too large\r\n', 'rejected'],
    ['451 4.3.0 try again later\r\n', 'retry'],
    ['452 4.3.1 no room\r\n', 'retry'],
  ])('%j: %s', async (text, kind) => {
    expect((await sendTo({ text })).result).toMatchObject({ kind })
  })
})

describe('before it nothing was sent, and what was said decides whose the fault is', () => {
  const person = { kind: 'endpoint', mend: 'person', inDoubt: false }
  const time = { kind: 'endpoint', mend: 'time', inDoubt: false }
  test.each([
    ['no such mailbox', { rcpt: '550 5.1.1 user unknown\r\n' }, { kind: 'rejected' }],
    ['a full mailbox', { rcpt: '552 5.2.2 mailbox full\r\n' }, { kind: 'rejected' }],
    ['greylisting', { rcpt: '450 4.2.0 greylisted, try again in 300 s\r\n' }, { kind: 'retry' }],
    ['a policy of the recipient', { rcpt: '550 5.7.1 rejected by policy\r\n' }, { kind: 'rejected' }],
    ['that it does not relay for us', { rcpt: '554 5.7.1 relay access denied\r\n' }, person],
    ['that we stand on a list', { rcpt: '554 5.7.1 client host blocked using zen.spamhaus.org\r\n' }, person],
    ['that we must log in', { mail: '530 5.7.0 authentication required\r\n' }, person],
    ['that it will not have our sender', { mail: '553 5.1.8 sender rejected\r\n' }, person],
    ['that it is busy', { mail: '451 4.7.1 too many messages\r\n' }, time],
    ['goodbye', { rcpt: '421 4.3.2 closing\r\n' }, time],
    [
      'that the message is too large',
      { mail: '552 5.3.4 message size exceeds limit\r\n' },
      { kind: 'rejected' },
    ],
    ['babble to the sender', { mail: 'hello?\r\n' }, person],
    ['babble to the recipient', { rcpt: 'hello?\r\n' }, person],
    ['babble to DATA', { data: 'hello?\r\n' }, person],
    ['no to DATA', { data: '554 no valid recipients\r\n' }, { kind: 'rejected' }],
    ['not now to DATA', { data: '451 later\r\n' }, { kind: 'retry' }],
    ['no greeting', { greeting: '' }, time],
    ['a refusal for a greeting', { greeting: '554 go away\r\n' }, person],
    ['goodbye for a greeting', { greeting: '421 too busy\r\n' }, time],
    ['nothing at all to the sender', { mail: '' }, time],
    ['the end of the connection', { rcpt: null }, time],
  ] as const)('%s', async (_words, script, expected) => {
    const { result, heard } = await sendTo(script)
    expect(result).toMatchObject(expected)
    expect(heard.texts).toBe(0)
  })

  test('over PIPELINING the same', async () => {
    const ehlo = '250-here\r\n250 PIPELINING\r\n'
    expect((await sendTo({ ehlo })).result).toMatchObject({ kind: 'accepted' })
    expect((await sendTo({ ehlo, text: 'garbage\r\n' })).result).toMatchObject({ kind: 'unknown' })
    const refused = await sendTo({ ehlo, rcpt: '550 5.1.1 user unknown\r\n', data: '503 no recipients\r\n' })
    expect(refused.result).toMatchObject({ kind: 'rejected' })
    const unwanted = await sendTo({
      ehlo,
      mail: '553 sender rejected\r\n',
      rcpt: '503 no\r\n',
      data: '503 no\r\n',
    })
    expect(unwanted.result).toMatchObject(person)
  })
})
