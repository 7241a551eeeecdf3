import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The name in a Host header, without its port. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

export const isLoopbackHost = (host: string): boolean => loopbackHosts.test(hostName(host))

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

/**
 * Whether a browser says that the request was made by a page of another site; programs say nothing. The host is the one
 * that a proxy says was asked for, where it is believed; behind one that changes it and is not, the stated address is
 * ours too. A stated address of https is not that of http.
 */
function isForeign({ headers, host }: FastifyRequest, publicUrl: string | null): boolean {
  const { origin } = headers
  if (origin !== undefined) {
    if (!URL.canParse(origin)) return true
    const from = new URL(origin)
    const stated = publicUrl === null ? null : new URL(publicUrl)
    if (stated?.host === from.host) return stated.protocol === 'https:' && from.protocol !== 'https:'
    return from.host !== host
  }
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Nothing is changed by a page of another site, whatever cookies its requests bring. */
export function guardOrigin(app: App, publicUrl: string | null): void {
  app.addHook('onRequest', async (request) => {
    if (reading.has(request.method) || request.routeOptions.config.anyOrigin === true) return
    if (isForeign(request, publicUrl)) throw new Problem('origin-refused')
  })
}
