import ipaddr from 'ipaddr.js'

/**
 * By which a caller is known where callers are counted: the address of IPv4, and of IPv6 the network of 64 bits, of
 * which whoever has one address has all (RFC 6177).
 */
export function callerOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (!(address instanceof ipaddr.IPv6)) return address.toString()
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
