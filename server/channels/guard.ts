import dns from 'node:dns'
import type http from 'node:http'
import net from 'node:net'
import ipaddr from 'ipaddr.js'
import { createAgents } from './connections.ts'

/**
 * Keeps outgoing requests off private, loopback and link-local addresses, so that a URL typed by a
 * marketer cannot reach the machines behind the server (cloud metadata at 169.254.169.254 above all).
 * Names are checked in the very look-up whose answer is connected to, so that a name which answers
 * differently the second time (DNS rebinding) gains nothing.
 */
export interface Guard {
  /** The agent for a URL; throws BlockedAddress for a scheme, credentials or an address not allowed. */
  agentFor(url: URL): http.Agent
  /** Throws BlockedAddress where a host is an address that is not allowed; names are judged by `lookup`. */
  requireHost(host: string): void
  /** The look-up handed to every connection. */
  readonly lookup: net.LookupFunction
  close(): void
}

export interface GuardOptions {
  /** Lets requests go to one's own network too; for servers that only people of trust configure. */
  allowPrivate: boolean
  /** Host names or addresses that are allowed whatever they resolve to. */
  allowHosts?: readonly string[]
  /** Hosts that may stand on one's own network, and no others: see `ownHosts`. */
  ownHosts?: readonly string[]
  resolve?: net.LookupFunction
}

/** Thrown before a single byte was sent. */
export class BlockedAddress extends Error {
  override readonly name = 'BlockedAddress'
  readonly code = 'BLOCKED_ADDRESS'
}

/** Whether an address is on the public internet: IPv4 unicast, or IPv6 global unicast (2000::/3, RFC 4291). */
export function isPublicAddress(address: string): boolean {
  // A zone index only ever names a link of this machine.
  if (address.includes('%') || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast' || metadata.has(parsed.toString())) return false
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'))
}

/**
 * Where clouds tell a machine its own secrets, outside of the link-local networks: Alibaba, Azure, Amazon and Google by
 * IPv6.
 */
const metadata = new Set(['100.100.100.200', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'])
const nobodys = new Set(['unspecified', 'linkLocal', 'multicast', 'broadcast', 'reserved', 'teredo'])

/** Networks of IPv6 that lead to an address of IPv4, and the byte at which it stands (RFC 6052, 3056, 2765, 4291). */
const carriers = [
  ['64:ff9b::/96', 12],
  ['2002::/16', 2],
  ['::ffff:0:0:0/96', 12],
  ['::/96', 12],
] as const

/** The address that is reached by one: another where it carries that. */
function reachedBy(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  // `process` turns an IPv4-mapped address (::ffff:10.0.0.1) into the IPv4 one it reaches.
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed
  const bytes = parsed.toByteArray()
  // The loopback address and the one of nowhere stand in the last of these networks, and carry nothing.
  if (bytes.slice(0, 15).every((byte) => byte === 0)) return parsed
  const carrier = carriers.find(([network]) => parsed.match(ipaddr.parseCIDR(network)))
  if (carrier === undefined) return parsed
  const [, at] = carrier
  return new ipaddr.IPv4(bytes.slice(at, at + 4))
}

/** Whether an address is no server of anybody's own network: it is never reached, whatever is allowed. */
function isNobodys(address: string): boolean {
  if (address.includes('%') || !ipaddr.isValid(address)) return true
  const reached = reachedBy(address)
  return nobodys.has(reached.range()) || metadata.has(reached.toString())
}

export function createGuard(options: GuardOptions): Guard {
  const allowed = new Set((options.allowHosts ?? []).map((host) => bare(host)))
  const own = new Set((options.ownHosts ?? []).map((host) => bare(host)))
  const resolve: net.LookupFunction =
    options.resolve ?? ((name, settings, done) => dns.lookup(name, settings, done))
  const passes = (host: string, address: string) =>
    allowed.has(bare(host)) ||
    isPublicAddress(address) ||
    ((options.allowPrivate || own.has(bare(host))) && !isNobodys(address))

  const lookup: net.LookupFunction = (hostname, settings, done) => {
    resolve(hostname, { ...settings, all: true }, (error, found) => {
      if (error) return done(error, [])
      const answers = typeof found === 'string' ? [{ address: found, family: net.isIP(found) }] : found
      const [first, ...others] = answers.filter(({ address }) => passes(hostname, address))
      if (first === undefined)
        return done(new BlockedAddress(`${hostname} leads to an address that is not public`), [])
      if (settings.all === true) return done(null, [first, ...others])
      done(null, first.address, first.family)
    })
  }

  const requireHost = (host: string) => {
    const literal = bare(host)
    // An address typed as such is connected to without a look-up.
    if (net.isIP(literal) !== 0 && !passes(literal, literal)) {
      throw new BlockedAddress(`${literal} is not a public address`)
    }
  }
  const agents = createAgents(lookup)
  return {
    lookup,
    requireHost,
    agentFor(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw new BlockedAddress(`${url.protocol} is neither http nor https`)
      }
      if (url.username !== '' || url.password !== '')
        throw new BlockedAddress('A URL must not hold credentials')
      requireHost(url.hostname)
      return agents[url.protocol]
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

/** A host without the brackets of an IPv6 address and the dot of a full name. */
export function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}
