import { reservedIds } from '../../shared/journey/graph.ts'

/** A readable stem of ids from any word: `wait_event` gives `wait-event`. */
export function idStem(word: string): string {
  const plain = word
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  return plain === '' ? 'node' : plain
}

/** The first of `stem-1`, `stem-2`, … that is neither taken nor reserved. */
export function freshId(stem: string, taken: (id: string) => boolean): string {
  const base = idStem(stem)
  for (let number = 1; ; number++) {
    const id = `${base}-${number}`
    if (!taken(id) && !reservedIds.includes(id)) return id
  }
}

/** An id for a copy: `sms-t3` gives `sms-t3-2`, `wait-2` the next free `wait-3`. */
export function copyId(id: string, taken: (id: string) => boolean): string {
  const numbered = /^(.+)-(\d+)$/.exec(id)
  const stem = numbered?.[1] ?? id
  const from = numbered === null ? 2 : Number(numbered[2]) + 1
  for (let number = from; ; number++) {
    const next = `${idStem(stem)}-${number}`
    if (!taken(next)) return next
  }
}
