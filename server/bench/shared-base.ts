import { brandPath } from '../store/sqlite/database.ts'
import { makeBase } from './base-data.ts'
import { scratch } from './world.ts'

/** A folder of data whose own brand has so many customers; what looks over all of them is measured there. */
export interface SharedBase {
  readonly data: string
  readonly path: string
  readonly customers: number
}

const made = new Map<number, SharedBase & { readonly remove: () => void }>()

/** Made when it is first asked for, once for the whole run. */
export function sharedBase(customers: number): SharedBase {
  const known = made.get(customers)
  if (known !== undefined) return known
  const { path, remove } = scratch()
  const data = path('data')
  const base = { data, path: brandPath(data, 'own'), customers, remove }
  makeBase(base.path, customers).close()
  made.set(customers, base)
  return base
}

export function removeSharedBases(): void {
  for (const { remove } of made.values()) remove()
  made.clear()
}
