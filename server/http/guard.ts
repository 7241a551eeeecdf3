import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The name in a Host header, without its port. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

/**
 * A page of another site may point a name of its own at 127.0.0.1 (DNS rebinding); its requests then carry
 * that name, and are refused.
 */
export function guardHost(app: App, hosts: readonly string[] = []): void {
  app.addHook('onRequest', async (request) => {
    const name = hostName(request.headers.host ?? '')
    if (!loopbackHosts.test(name) && !name.endsWith('.localhost') && !hosts.includes(name))
      throw new Problem('host-refused', { host: name })
  })
}

/** Whether a browser says that the request was made by a page of another site; programs say nothing. */
function isForeign({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers
  if (origin !== undefined) return !URL.canParse(origin) || new URL(origin).host !== host
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Nothing is changed by a page of another site, whatever cookies its requests bring. */
export function guardOrigin(app: App): void {
  app.addHook('onRequest', async (request) => {
    if (reading.has(request.method) || request.routeOptions.config.anyOrigin === true) return
    if (isForeign(request)) throw new Problem('origin-refused')
  })
}
