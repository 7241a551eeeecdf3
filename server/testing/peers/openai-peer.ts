import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { answerAs, type Material, manners, materialOf, type WritingManner } from './openai-writing.ts'

/**
 * What the peer does with a request. Manners of writing answer 200 with a text of that kind (see
 * openai-writing.ts); the others are a provider's troubles. `no-schema` refuses json_schema as DeepSeek does,
 * `no-json` json_object too; `echo-key` and `write-key` put the caller's key into an error and into a text;
 * `cut-body` breaks off amid the answer; `proxy-page` answers 200 with HTML.
 */
export type PeerBehaviour =
  | WritingManner
  | 'refuse'
  | 'content-filter'
  | 'cut-off'
  | 'no-usage'
  | 'no-schema'
  | 'no-json'
  | 'unauthorized'
  | 'unknown-model'
  | { rateLimited: string | null }
  | 'no-quota'
  | 'server-error'
  | 'echo-key'
  | 'write-key'
  | 'hang'
  | 'close-early'
  | 'cut-body'
  | 'proxy-page'

const bodySchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.looseObject({ type: z.string() }).optional(),
})

export interface PeerRequest {
  path: string
  authorization: string | null
  body: z.infer<typeof bodySchema>
}

export interface OpenAiPeer {
  /** The base URL to give as AI_BASE_URL. */
  url: string
  /** The requests heard so far, oldest first. */
  requests: PeerRequest[]
  /** Each request takes the next of these; the last one stays. At first the peer polishes. */
  behave(...behaviours: [PeerBehaviour, ...PeerBehaviour[]]): void
  /** Resolves once so many requests have been heard in all. */
  heard(count: number): Promise<void>
  close(): Promise<void>
}

/** A model server on a free port of this machine that speaks the chat completions protocol. */
export async function startOpenAiPeer(): Promise<OpenAiPeer> {
  const requests: PeerRequest[] = []
  const listeners: { count: number; tell: () => void }[] = []
  let behaviours: PeerBehaviour[] = ['polish']

  function record(request: PeerRequest): PeerBehaviour {
    requests.push(request)
    for (const listener of listeners) if (requests.length >= listener.count) listener.tell()
    const next = behaviours[0] ?? 'polish'
    if (behaviours.length > 1) behaviours = behaviours.slice(1)
    return next
  }

  const server = createServer((request, response) => {
    readBody(request).then(
      (text) => receive(request, text, response, record),
      // The caller has gone away amid its request: there is nobody to answer.
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the peer has no port')

  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    behave(...next) {
      behaviours = next
    },
    async heard(count) {
      if (requests.length >= count) return
      await new Promise<void>((tell) => listeners.push({ count, tell }))
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function receive(
  request: IncomingMessage,
  text: string,
  response: ServerResponse,
  record: (request: PeerRequest) => PeerBehaviour,
): void {
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
    sendError(response, 404, `Unknown request URL: ${request.method} ${request.url}`, null)
    return
  }
  const parsed = bodySchema.safeParse(JSON.parse(text))
  if (!parsed.success) {
    sendError(response, 400, z.prettifyError(parsed.error), null)
    return
  }
  const seen = {
    path: request.url,
    authorization: request.headers.authorization ?? null,
    body: parsed.data,
  }
  respond(record(seen), seen, response)
}

function respond(behaviour: PeerBehaviour, seen: PeerRequest, response: ServerResponse): void {
  if (typeof behaviour === 'object') {
    const headers: Record<string, string> =
      behaviour.rateLimited === null ? {} : { 'retry-after': behaviour.rateLimited }
    sendError(response, 429, 'Rate limit reached for requests', 'rate_limit_exceeded', headers)
    return
  }
  const trouble = troubles[behaviour]
  if (trouble) trouble(response, seen)
  else sendCompletion(response, seen, answerAs(writingOf(behaviour), materialOfRequest(seen)))
}

type Trouble = (response: ServerResponse, seen: PeerRequest) => void

const troubles: { [behaviour in Exclude<PeerBehaviour, object>]?: Trouble } = {
  refuse: (response, seen) => sendCompletion(response, seen, null, { refusal: 'I cannot help with that.' }),
  'content-filter': (response, seen) => sendCompletion(response, seen, '', { finish: 'content_filter' }),
  'cut-off': (response, seen) => sendCompletion(response, seen, '{"text": "亲爱的', { finish: 'length' }),
  'no-usage': (response, seen) =>
    sendCompletion(response, seen, answerAs('polish', materialOfRequest(seen)), { usage: false }),
  'no-schema': (response, seen) => refuseForms(['json_schema'], response, seen),
  'no-json': (response, seen) => refuseForms(['json_schema', 'json_object'], response, seen),
  unauthorized: (response, seen) =>
    sendError(response, 401, `Incorrect API key provided: ${keyOf(seen)}.`, 'invalid_api_key'),
  'unknown-model': (response, seen) =>
    sendError(response, 404, `The model \`${seen.body.model}\` does not exist`, 'model_not_found'),
  'no-quota': (response) =>
    sendError(response, 429, 'You exceeded your current quota', 'insufficient_quota', { 'retry-after': '0' }),
  'server-error': (response) =>
    sendError(response, 500, 'The server had an error while processing your request', null),
  'echo-key': (response, seen) =>
    sendError(
      response,
      403,
      `Authorization ${seen.authorization} (${keyOf(seen)}) may not use this model`,
      null,
    ),
  'write-key': (response, seen) =>
    sendCompletion(
      response,
      seen,
      JSON.stringify({ text: `${keyOf(seen)} ${materialOfRequest(seen)?.sop}` }),
    ),
  hang: () => undefined,
  'close-early': (response) => response.destroy(),
  'cut-body': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
    response.write('{"id":"chatcmpl-peer","choices":[', () => response.destroy())
  },
  'proxy-page': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<html><body>Please log in to the network</body></html>')
  },
}

function writingOf(behaviour: Exclude<PeerBehaviour, object>): WritingManner {
  const manner = manners.find((one) => one === behaviour)
  if (manner === undefined) throw new Error(`the peer has no behaviour ${behaviour}`)
  return manner
}

function refuseForms(forms: readonly string[], response: ServerResponse, seen: PeerRequest): void {
  const asked = seen.body.response_format?.type ?? 'text'
  if (forms.includes(asked)) {
    sendError(response, 400, 'This response_format type is unavailable now', 'invalid_request_error')
  } else {
    sendCompletion(response, seen, answerAs('polish', materialOfRequest(seen)))
  }
}

function materialOfRequest(seen: PeerRequest): Material | null {
  return materialOf(seen.body.messages.map((message) => message.content))
}

function keyOf(seen: PeerRequest): string {
  return (seen.authorization ?? '').replace(/^Bearer /, '')
}

function sendCompletion(
  response: ServerResponse,
  seen: PeerRequest,
  content: string | null,
  {
    refusal = null,
    finish = 'stop',
    usage = true,
  }: { refusal?: string | null; finish?: string; usage?: boolean } = {},
): void {
  const prompt = seen.body.messages.reduce((total, message) => total + message.content.length, 0)
  const completion = (content ?? refusal ?? '').length
  const body = {
    id: 'chatcmpl-peer',
    object: 'chat.completion',
    created: 1_723_219_200,
    model: `${seen.body.model}-2026`,
    choices: [
      { index: 0, message: { role: 'assistant', content, refusal }, logprobs: null, finish_reason: finish },
    ],
    ...(usage
      ? { usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion } }
      : {}),
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function sendError(
  response: ServerResponse,
  status: number,
  message: string,
  code: string | null,
  headers: Record<string, string> = {},
): void {
  const type = status === 401 ? 'authentication_error' : 'invalid_request_error'
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ error: { message, type, param: null, code } }))
}
