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

/** Numbers behind a stem that are known to be taken, from one to another. */
export type TakenNumbers = Map<string, { readonly from: number; readonly to: number }>

/**
 * An id for a copy: `sms-t3` gives `sms-t3-2`, `wait-2` the next free `wait-3`. What is found taken is noted, so that
 * thousands of copies do not each go over the same numbers; nothing may become free meanwhile.
 */
export function copyId(id: string, taken: (id: string) => boolean, known: TakenNumbers = new Map()): string {
  const numbered = /^(.+)-(\d+)$/.exec(id)
  const stem = idStem(numbered?.[1] ?? id)
  const from = numbered === null ? 2 : Number(numbered[2]) + 1
  const row = known.get(stem)
  const within = row !== undefined && from >= row.from && from <= row.to + 1
  let number = within ? row.to + 1 : from
  while (taken(`${stem}-${number}`)) number += 1
  known.set(stem, { from: within ? row.from : from, to: number })
  return `${stem}-${number}`
}
