import { isIP } from 'node:net'
import { z } from 'zod'
import { Problem } from '../shared/errors/index.ts'
import { type AiSettings, readAiSettings } from './ai/settings.ts'
import { type LogLevel, logLevels } from './log.ts'
import { readKeys } from './store/sqlite/secrets/keys.ts'
import type { KeyRing } from './store/sqlite/secrets/seal.ts'

const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema)

/** Names by which proxy-addr knows networks that are nobody's on the internet. */
const networks = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** An address, or a network such as 10.0.0.0/8. */
function isNetwork(text: string): boolean {
  if (networks.has(text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const longest = isIP(address) === 4 ? 32 : 128
  if (isIP(address) === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest)
}

/** How many proxies stand before the server, or their addresses; everybody is not a proxy. */
const trustProxy = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((list) => (list.length === 1 && /^[1-9]$/.test(list[0] ?? '')) || list.every(isNetwork), {
    message:
      'how many proxies stand before the server (1), or their addresses (10.0.0.1, 172.16.0.0/12, loopback)',
  })
  .transform((list) => (/^[1-9]$/.test(list[0] ?? '') ? Number(list[0]) : list))

const environment = z.object({
  PORT: setting(z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: setting(z.string().trim().default('127.0.0.1')),
  MAGPIE_DATA: setting(z.string().default('./data')),
  MAGPIE_MODE: setting(z.enum(['sandbox', 'live']).default('sandbox')),
  MAGPIE_PASSWORD: setting(z.string().min(8, 'at least 8 characters').max(200).optional()),
  PUBLIC_URL: setting(z.url({ protocol: /^https?$/ }).optional()),
  SHUTDOWN_GRACE: setting(z.coerce.number().int().min(0).max(600).default(10)),
  MAGPIE_NIGHTLY: setting(
    z
      .string()
      .trim()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$|^off$/, 'a time of day such as 03:30, or off')
      .default('03:30'),
  ),
  LOG_LEVEL: setting(z.enum(logLevels).default('info')),
  MAGPIE_KEY: setting(z.string().trim().optional()),
  TRUST_PROXY: setting(trustProxy.optional()),
  METRICS_TOKEN: setting(z.string().trim().min(16, 'at least 16 characters').max(500).optional()),
})

/** What the environment says of this server. */
export interface Environment {
  readonly port: number
  readonly host: string
  /** Whether only this machine can reach the server. */
  readonly loopback: boolean
  readonly dataDir: string
  readonly mode: 'sandbox' | 'live'
  readonly password: string | null
  /** Without a slash at its end; null: the address it listens on. */
  readonly publicUrl: string | null
  /** How long what is under way may take to end when the server is asked to stop. */
  readonly graceMs: number
  /** At which hour the data is tended, HH:MM; null: never by itself. */
  readonly nightly: string | null
  readonly logLevel: LogLevel
  /** Which proxies are believed when they say who asks; nobody unless it is stated. */
  readonly trustProxy?: number | readonly string[]
  /** By which the figures are read from other machines; null: they are not. */
  readonly metricsToken: string | null
  /** What secrets are sealed with; null: the folder of data has its own. */
  readonly keys: KeyRing | null
  readonly ai: AiSettings
  /** What cannot be used and is left out, as no more depends on it than the model. */
  readonly unusable: readonly Problem[]
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** A model that cannot be asked is none: messages go out as they were written. */
function modelOf(env: Readonly<Record<string, string | undefined>>): Pick<Environment, 'ai' | 'unusable'> {
  try {
    return { ai: readAiSettings(env), unusable: [] }
  } catch (error) {
    if (error instanceof Problem) return { ai: {}, unusable: [error] }
    throw error
  }
}

/**
 * Reads the environment. Problems `setting-invalid`, which names the variable and never quotes its value,
 * and `password-needed` for an address that others reach. What is wrong with the model is among the unusable.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? '')
    throw new Problem('setting-invalid', { setting: name, detail: issue?.message ?? '' }, name)
  }
  const { PORT, HOST, MAGPIE_DATA, MAGPIE_MODE, MAGPIE_PASSWORD, PUBLIC_URL, MAGPIE_KEY } = parsed.data
  const loopback = isLoopback(HOST)
  if (!loopback && MAGPIE_PASSWORD === undefined) throw new Problem('password-needed', { host: HOST }, 'HOST')
  return {
    port: PORT,
    host: HOST,
    loopback,
    dataDir: MAGPIE_DATA,
    mode: MAGPIE_MODE,
    password: MAGPIE_PASSWORD ?? null,
    publicUrl: PUBLIC_URL === undefined ? null : PUBLIC_URL.replace(/\/+$/, ''),
    graceMs: parsed.data.SHUTDOWN_GRACE * 1000,
    nightly: parsed.data.MAGPIE_NIGHTLY === 'off' ? null : parsed.data.MAGPIE_NIGHTLY,
    logLevel: parsed.data.LOG_LEVEL,
    ...(parsed.data.TRUST_PROXY !== undefined && { trustProxy: parsed.data.TRUST_PROXY }),
    metricsToken: parsed.data.METRICS_TOKEN ?? null,
    keys: MAGPIE_KEY === undefined ? null : readKeys(MAGPIE_KEY),
    ...modelOf(env),
  }
}
