/** What a domain publishes so that mail signed for it is believed (RFC 6376, 3.6.1). */
export interface DkimRecord {
  readonly name: string
  readonly type: 'TXT'
  readonly value: string
}

export function dkimRecord(domain: string, selector: string, publicKey: string): DkimRecord {
  return { name: `${selector}._domainkey.${domain}`, type: 'TXT', value: `v=DKIM1; k=rsa; p=${publicKey}` }
}

/** The key that a record publishes; null where it is none of DKIM. Blanks within it mean nothing. */
export function publishedKey(record: string): string | null {
  const tags = new Map(
    record.split(';').map((tag) => {
      const at = tag.indexOf('=')
      return [tag.slice(0, Math.max(at, 0)).trim(), tag.slice(at + 1).replace(/\s+/g, '')] as const
    }),
  )
  if ((tags.get('v') ?? 'DKIM1') !== 'DKIM1') return null
  return tags.get('p') ?? null
}
