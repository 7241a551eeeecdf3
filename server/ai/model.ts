import { OpenAI } from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import { usualModelUrl } from '../../shared/channels/origin.ts'
import { machineWall } from '../clock/machine.ts'
import { answerSchema, type Reply, readCompletion } from './answer.ts'
import { mayBeAboutForm } from './failures.ts'
import type { Turn } from './prompt.ts'
import type { AiSettings } from './settings.ts'

/** One model behind one address. `ask` resolves to null where the body is no chat completion. */
export interface Model {
  readonly name: string
  ask(turns: readonly Turn[], signal: AbortSignal): Promise<Reply | null>
}

type AnswerForm = NonNullable<ChatCompletionCreateParamsNonStreaming['response_format']>

/** The forms of answer to ask for, best first. Some servers know no schema, some not even JSON. */
const forms: readonly AnswerForm[] = [
  zodResponseFormat(answerSchema, 'polished_message'),
  { type: 'json_object' },
  { type: 'text' },
]

/**
 * The model of the settings through the openai client. A server that refuses a form of answer is asked for the
 * next simpler one, and the form it took is remembered as long as this model lives.
 */
export function openModel(settings: AiSettings, name: string, timeoutMs: number, reach: typeof fetch): Model {
  const client = openClient(settings, timeoutMs, reach)
  let taken = 0

  async function ask(turns: readonly Turn[], signal: AbortSignal): Promise<Reply | null> {
    for (let form = taken; ; form++) {
      try {
        const body = await client.chat.completions.create(
          { model: name, messages: turns.map((turn) => ({ ...turn })), ...formOf(form) },
          { signal },
        )
        taken = Math.max(taken, form)
        return readCompletion(body)
      } catch (error) {
        if (form === forms.length - 1 || !mayBeAboutForm(error)) throw error
      }
    }
  }

  return { name, ask }
}

function formOf(index: number): { response_format?: AnswerForm } {
  const form = forms[index]
  // Asking for plain text is the protocol's default, and the oldest servers do not know the field.
  return form === undefined || form.type === 'text' ? {} : { response_format: form }
}

/** Everything that the client would otherwise take from its own environment variables is set here. */
function openClient(settings: AiSettings, timeoutMs: number, reach: typeof fetch): OpenAI {
  return new OpenAI({
    baseURL: settings.baseUrl ?? usualModelUrl,
    apiKey: settings.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    ...(settings.apiKey === undefined ? { defaultHeaders: { Authorization: null } } : {}),
    timeout: timeoutMs,
    maxRetries: settings.maxRetries ?? 2,
    // The client's log lines could hold customers' facts.
    logLevel: 'off',
    // A redirect would be another server, which nobody has chosen and the key was not given for.
    fetch: async (url, init) => withinPatience(await reach(url, { ...init, redirect: 'error' }), timeoutMs),
  })
}

/** A date is the server's, so its own clock says how far off it is, and ours where it tells no time. */
function untilDate(retryAfter: string, headers: Headers): number {
  const there = Date.parse(headers.get('date') ?? '')
  return Date.parse(retryAfter) - (Number.isNaN(there) ? machineWall() : there)
}

/**
 * The client sleeps as long as Retry-After says, be it an hour. Where that is longer than a whole request may
 * take, the reply is marked as not to be retried, and the caller learns of the limit at once.
 */
function withinPatience(response: Response, timeoutMs: number): Response {
  const retryAfter = response.headers.get('retry-after')
  if (response.ok || retryAfter === null) return response
  const seconds = Number(retryAfter)
  const waitMs = Number.isNaN(seconds) ? untilDate(retryAfter, response.headers) : seconds * 1000
  const headers = new Headers(response.headers)
  if (waitMs > timeoutMs) headers.set('x-should-retry', 'false')
  // The client would measure a date by our clock.
  else if (waitMs >= 0) headers.set('retry-after', String(waitMs / 1000))
  else headers.delete('retry-after')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
