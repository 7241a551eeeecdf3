import { type Logger, pino } from 'pino'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Names under which secrets or a customer's contact data might slip into a log line, at two levels. */
const guarded = [
  'password',
  'secret',
  'apiKey',
  'authorization',
  'cookie',
  'phone',
  'email',
  'to',
  'recipient',
  'from',
  'text',
  'body',
  'html',
  'prompt',
  'token',
]

/**
 * The server's log: JSON lines, or readable ones on a terminal. Nobody's address and no secret is written,
 * even if a caller should put one in.
 */
export function createLog(level: LogLevel, readable: boolean): Logger {
  return pino({
    level,
    base: null,
    redact: { paths: guarded.flatMap((name) => [name, `*.${name}`]), censor: '***' },
    ...(readable && level !== 'silent'
      ? {
          transport: {
            target: 'pino-pretty',
            options: { colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' },
          },
        }
      : {}),
  })
}
