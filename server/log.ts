import { type DestinationStream, type Logger, pino } from 'pino'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Names under which secrets or a customer, by id or address, might slip into a log line, at two levels. */
const guarded = [
  'customer',
  'customerId',
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
export function createLog(level: LogLevel, readable: boolean, destination?: DestinationStream): Logger {
  const options = {
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
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
