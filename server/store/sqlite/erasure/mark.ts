import { createHmac } from 'node:crypto'

/** The mark of an address: whoever has the address can make it again, whoever has the mark cannot read it back. */
export function markOf(key: string, kind: string, address: string): string {
  return createHmac('sha256', key).update(`${kind}\n${address}`).digest('base64url')
}
