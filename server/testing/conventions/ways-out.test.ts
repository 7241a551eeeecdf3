import { describe, expect, test } from 'vitest'
import { files, isTest } from './source.ts'
import { waysOut } from './ways-out.ts'

/** Who may open a connection to somebody else, and why. Everything else asks one of these. */
const openers = {
  'server/channels/guard.ts': 'the guard itself: it looks names up and judges what they lead to',
  'server/channels/connections.ts': 'the agents of the guard, whose look-up is the guard’s',
  'server/channels/post.ts': 'posts to gateways and webhooks, by an agent of the guard',
  'server/channels/outgoing.ts': 'fetches for libraries, by the look-up of the guard',
  'server/channels/smtp-socket.ts': 'connects to the relay, by the look-up of the guard',
  'server/channels/dkim.ts': 'asks the machine’s own name servers for a record, and connects to nobody',
  'server/channels/email.ts': 'nodemailer, which is handed connections of smtp-socket.ts and opens none',
  'server/work/copy-client.ts': 'the process of the analytical copy, by a socket beside the data',
  'server/ai/model.ts': 'the openai client, which is handed the fetch of outgoing.ts',
} as const satisfies Record<string, string>

const sample = (text: string) => waysOut({ path: 'sample.ts', text })

describe('connections to others', () => {
  const read = files.filter(
    ({ path }) =>
      /^(server|shared)\/.*\.(tsx?|m?js)$/.test(path) && !isTest(path) && !path.includes('/dist/'),
  )

  test('are opened by nobody but those who are named', () => {
    const found = read
      .filter(({ path }) => !Object.hasOwn(openers, path))
      .flatMap((source) => waysOut(source).map((what) => `${source.path}: ${what}`))
    expect(found).toEqual([])
  })

  test('are opened by whoever is named', () => {
    const idle = Object.keys(openers).filter(
      (path) => !read.some((source) => source.path === path && waysOut(source).length > 0),
    )
    expect(idle).toEqual([])
  })

  test.each([
    "fetch('https://a.example')",
    'const reach = fetch',
    'function ask(reach = fetch) {}',
    'const parts = { fetch }',
    'globalThis.fetch(url)',
    "new WebSocket('wss://a.example')",
    "import http from 'node:http'",
    "import * as http from 'http'",
    "import { request } from 'node:https'",
    "import { get as take } from 'https'",
    "import { connect } from 'node:net'",
    "import { type Socket, createConnection } from 'node:net'",
    "import { connect } from 'node:tls'",
    "import { lookup } from 'node:dns/promises'",
    "import { createTransport } from 'nodemailer'",
    "import { Agent } from 'undici'",
    "import { OpenAI } from 'openai'",
    "const http = await import('node:http')",
    "export { request } from 'node:http'",
  ])('%s is a way out', (text) => {
    expect(sample(text)).not.toEqual([])
  })

  test.each([
    "import type { Server } from 'node:http'",
    "import { type Socket, isIP } from 'node:net'",
    "import { APIError } from 'openai'",
    "import { createServer } from 'node:http'",
    'outgoing.fetch(url)',
    'const client = { fetch: reach }',
    'let reach: typeof fetch',
    "export type EventSource = 'history' | 'api'",
    'interface Reach { readonly fetch: () => void }',
  ])('%s is none', (text) => {
    expect(sample(text)).toEqual([])
  })
})
