import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Duplex } from 'node:stream'

/** As many connections to one host at once; further requests wait for one of them. */
const mostConnections = 128

/** Connections over which a request leaves at once: joined, and with TLS its handshake done. */
const standing = new WeakSet<Duplex>()

/** Notes from its first moment when a connection stands, whichever request it is given to by then. */
function noted(socket: Duplex | null | undefined, event: 'connect' | 'secureConnect') {
  socket?.once(event, () => standing.add(socket))
  return socket
}

/**
 * Node's own agents rather than undici's pool, which breaks a connection off where the other side says
 * `100 Continue` unasked (RFC 9110, 15.2, has every client bear it): the message is taken then, and its answer lost.
 */
class HttpAgent extends http.Agent {
  override createConnection(...given: Parameters<http.Agent['createConnection']>) {
    return noted(super.createConnection(...given), 'connect')
  }
}

class HttpsAgent extends https.Agent {
  override createConnection(...given: Parameters<https.Agent['createConnection']>) {
    return noted(super.createConnection(...given), 'secureConnect')
  }
}

export type Agents = Readonly<Record<'http:' | 'https:', http.Agent>>

/** Agents that keep their connections, and look names up by `lookup`. */
export function createAgents(lookup: LookupFunction): Agents {
  const settings = { keepAlive: true, maxSockets: mostConnections, timeout: 60_000, lookup }
  return { 'http:': new HttpAgent(settings), 'https:': new HttpsAgent(settings) }
}

/** Calls back once a connection of these agents stands: at once where it does, never where it fails before. */
export function whenStanding(socket: Duplex, secure: boolean, stands: () => void): void {
  if (standing.has(socket)) stands()
  else socket.once(secure ? 'secureConnect' : 'connect', stands)
}
