import { isIP } from 'node:net'
import { bare, isPublicAddress } from './guard.ts'

/** Names that no server of the internet has: RFC 6761, 6762, 8375, and what ICANN keeps for one's own network. */
const ownNames = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)$/

/**
 * The host, where by its very name it stands on one's own network: an address that is not public, `localhost`, or a
 * name of one word, as machines beside this one have. A model or a relay often does, and whoever types such a host
 * means it: that host alone is allowed then, whatever else is not. Any other name that leads into one's own network
 * needs the setting `allowPrivate`; where clouds tell secrets is allowed by neither.
 */
export function ownHosts(host: string): readonly string[] {
  const name = bare(host)
  const isOwn = isIP(name) === 0 ? !name.includes('.') || ownNames.test(name) : !isPublicAddress(name)
  return isOwn ? [name] : []
}
