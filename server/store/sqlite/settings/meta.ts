import { randomBytes } from 'node:crypto'
import { type Brand, brandSchema, firstCaps, unnamedSignature } from '../../../../shared/journey/brand.ts'
import type { BrandDatabase } from '../database.ts'
import { type Kept, readStoredBrand, type Stored } from './stored.ts'

/** What is kept under a key; `undefined` as JSON where there is nothing. */
export function readKept(db: Pick<BrandDatabase, 'sqlite'>, key: string): Kept {
  const row = db.sqlite.prepare<[string], { value: unknown }>('select value from meta where key = ?').get(key)
  if (row === undefined) return { json: undefined }
  try {
    return { json: JSON.parse(String(row.value)) }
  } catch (error) {
    if (error instanceof SyntaxError) return { broken: true }
    throw error
  }
}

/** The value stored under a key, as JSON; undefined where there is none, or none that can be read. */
export function readMeta(db: Pick<BrandDatabase, 'sqlite'>, key: string): unknown {
  const kept = readKept(db, key)
  return 'json' in kept ? kept.json : undefined
}

export function writeMeta(db: BrandDatabase, key: string, value: unknown): void {
  db.sqlite
    .prepare('insert into meta (key, value) values (?, ?) on conflict do update set value = excluded.value')
    .run(key, JSON.stringify(value))
}

/** A brand nobody has named yet. */
const unnamed: Brand = brandSchema.parse({
  name: { 'zh-CN': '我的品牌', en: 'My brand' },
  signature: unnamedSignature,
  caps: firstCaps,
})

/**
 * Set for a brand that had begun to work before new brands started with ceilings: what it has published goes on
 * as it was drawn, until somebody saves other settings.
 */
const uncapped = 'uncapped'

/** The brand's decisions, and which of them can no longer be read. */
export function readBrandWhole(db: Pick<BrandDatabase, 'sqlite'>): Stored<Brand> {
  const kept = readKept(db, 'brand')
  if ('broken' in kept || kept.json !== undefined) return readStoredBrand(kept, unnamed)
  const value = readMeta(db, uncapped) === true ? { ...unnamed, caps: [] } : unnamed
  return { value, faults: [] }
}

export function readBrand(db: Pick<BrandDatabase, 'sqlite'>): Brand {
  return readBrandWhole(db).value
}

export function writeBrand(db: BrandDatabase, brand: Brand): void {
  writeMeta(db, 'brand', brandSchema.parse(brand))
}

/** A random name of this database, made at its first use. It is a part of what others are told, and no secret. */
export function nameOf(db: BrandDatabase, name: string): string {
  const known = readMeta(db, `secret:${name}`)
  if (typeof known === 'string') return known
  const made = randomBytes(32).toString('base64url')
  writeMeta(db, `secret:${name}`, made)
  return made
}

/** Where settings are kept: those of the channels, and those of the model where the environment has none. */
export const settingsKeys = { channels: 'channels', ai: 'ai', sms: 'sms-registers' } as const

/** Where customers reach this server, as it was told when it began; null: nowhere, so that no link is made short. */
export const linkBaseKey = 'linkBase'
