import net from 'node:net'
import tls from 'node:tls'
import type { Guard } from './guard.ts'
import { errorText } from './redact.ts'

/** The relay to connect to; `tls` is what its certificate is judged by, null where TLS does not come first. */
export interface Relay {
  readonly host: string
  readonly port: number
  readonly tls: tls.ConnectionOptions | null
  readonly connectMs: number
}

/** Why no connection stands, in the words of nodemailer's own errors, by which its callers go. */
class NoConnection extends Error {
  override readonly name = 'NoConnection'
  readonly command = 'CONN'
  readonly code: string
  readonly originalCode: string

  constructor(error: unknown) {
    super(errorText(error))
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    this.originalCode = code
    this.code = own[code] ?? 'ESOCKET'
  }
}

/** Codes that are told as they are, or by another name. */
const own: Readonly<Record<string, string>> = {
  BLOCKED_ADDRESS: 'BLOCKED_ADDRESS',
  ETIMEDOUT: 'ETIMEDOUT',
  ENOTFOUND: 'EDNS',
}

class Late extends Error {
  override readonly name = 'Late'
  readonly code = 'ETIMEDOUT'
}

/**
 * A standing connection to a relay through the guard: its name is looked up once, for this very connection. With TLS
 * first, its handshake is done.
 */
export function openRelay(guard: Guard, relay: Relay): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new NoConnection(error))
    const where = { host: relay.host, port: relay.port, lookup: guard.lookup }
    let socket: net.Socket
    try {
      // An address typed as such is looked up by nobody.
      guard.requireHost(relay.host)
      socket = relay.tls === null ? net.connect(where) : tls.connect({ ...relay.tls, ...where })
    } catch (error) {
      fail(error)
      return
    }
    const timer = setTimeout(() => socket.destroy(new Late('no connection in time')), relay.connectMs)
    const broke = (error: unknown) => {
      clearTimeout(timer)
      fail(error)
    }
    const closed = () => broke(new Error('the connection closed'))
    // Stays: an error between here and the next listener is told by what follows it.
    socket.on('error', broke)
    socket.once('close', closed)
    socket.once(relay.tls === null ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer)
      socket.off('close', closed)
      resolve(socket)
    })
  })
}
