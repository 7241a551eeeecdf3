import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Elapsed } from '../ports/clock.ts'
import type { App } from './app.ts'
import { callCounts } from './call-counts.ts'
import { callerOf } from './caller.ts'

/**
 * What a page of ours may load. Styles are made by the component library as it runs; e-mails are shown in
 * frames without rights of their own (srcdoc), which inherit this policy and may show pictures from outside.
 */
const directives = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  frameSrc: ["'self'"],
  frameAncestors: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
}

/** Headers that keep browsers careful. The server itself speaks plain HTTP, so HTTPS is not demanded. */
export async function headers(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  })
}

/** Brakes whoever asks far more often than a person or a shop's server needs. */
export async function rates(app: App, elapsed: Elapsed): Promise<void> {
  await app.register(rateLimit, {
    max: limits.requests.value,
    timeWindow: 60_000,
    store: callCounts(elapsed),
    keyGenerator: (request) => callerOf(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('too-many-requests', { seconds: Math.max(1, Math.ceil(ttl / 1000)) }),
  })
}
