import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'

/**
 * How to reach the model. Without `baseUrl` the OpenAI API is meant; without `apiKey` no key is sent, which
 * servers on one's own machine accept. Prices are thousandths of the minor unit (of a fen) per million tokens.
 */
export interface AiSettings {
  baseUrl?: string | undefined
  apiKey?: string | undefined
  model?: string | undefined
  /** Lets the address lead into one's own network whatever its name: not unless set. */
  allowPrivate?: boolean | undefined
  /** All that one request may take, with its retries: 20,000 unless set. */
  timeoutMs?: number | undefined
  /** How often a lost, limited or failed request is repeated: 2 unless set. */
  maxRetries?: number | undefined
  pricePerMillionInputMilli?: number | undefined
  pricePerMillionOutputMilli?: number | undefined
  /** ISO 4217, of the prices: yuan unless set. */
  priceCurrency?: string | undefined
}

const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema.optional())

const baseUrl = z
  .string()
  .trim()
  .refine(isPlainHttpUrl, { message: 'an http or https address without user name and password' })
  .transform((url) => url.replace(/\/+$/, ''))

// A header holds visible ASCII only; a key with a line break in it would fail at every request.
const apiKey = z
  .string()
  .trim()
  .regex(/^[!-~]+$/, { message: 'a key of visible ASCII characters' })

// Price lists state the major unit (yuan) per million tokens: 1 yuan = 100 fen = 100,000 thousandths.
const price = z
  .string()
  .trim()
  .regex(/^\d{1,6}(\.\d{1,5})?$/, { message: 'a price per million tokens, such as 2 or 0.5' })
  .transform((text) => Math.round(Number(text) * 100_000))

const environment = z.object({
  AI_BASE_URL: optional(baseUrl),
  AI_API_KEY: optional(apiKey),
  AI_MODEL: optional(z.string().trim().max(200)),
  AI_TIMEOUT_SECONDS: optional(z.coerce.number().positive().max(600)),
  AI_MAX_RETRIES: optional(z.coerce.number().int().min(0).max(10)),
  AI_INPUT_PRICE: optional(price),
  AI_OUTPUT_PRICE: optional(price),
  AI_PRICE_CURRENCY: optional(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{3}$/, { message: 'an ISO 4217 code such as CNY' }),
  ),
})

/**
 * The settings in the environment; `{}` where none is set. Throws the problem `ai-settings-invalid`, whose
 * details never quote a value.
 */
export function readAiSettings(env: Readonly<Record<string, string | undefined>>): AiSettings {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const setting = String(issue?.path[0] ?? 'AI_BASE_URL')
    throw new Problem(
      'ai-settings-invalid',
      { setting, detail: `${setting}: ${issue?.message ?? ''}` },
      setting,
    )
  }
  const found = parsed.data
  if ((found.AI_BASE_URL || found.AI_API_KEY) && !found.AI_MODEL) {
    const detail = 'AI_MODEL: the name of the model, as the provider lists it'
    throw new Problem('ai-settings-invalid', { setting: 'AI_MODEL', detail }, 'AI_MODEL')
  }
  const seconds = found.AI_TIMEOUT_SECONDS
  return {
    baseUrl: found.AI_BASE_URL,
    apiKey: found.AI_API_KEY,
    model: found.AI_MODEL,
    timeoutMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    maxRetries: found.AI_MAX_RETRIES,
    pricePerMillionInputMilli: found.AI_INPUT_PRICE,
    pricePerMillionOutputMilli: found.AI_OUTPUT_PRICE,
    priceCurrency: found.AI_PRICE_CURRENCY,
  }
}

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === ''
}
