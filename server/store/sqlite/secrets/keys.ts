import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../../../shared/errors/index.ts'
import { writeWhole } from '../files.ts'
import { type KeyRing, keyLength, newKey, type SealKey, sealKey } from './seal.ts'

/** Where the keys lie that nobody gave by the environment: a line for each in base64, the one that seals first. */
export const keyFile = (dataDir: string) => join(dataDir, 'magpie.key')

const hex = /^[0-9a-f]{64}$/i
const base64 = /^[A-Za-z0-9+/_-]{43}=?$/

function keyOf(text: string): SealKey | null {
  if (hex.test(text)) return sealKey(Buffer.from(text, 'hex'))
  const bytes = base64.test(text) ? Buffer.from(text, 'base64') : null
  return bytes === null || bytes.length !== keyLength ? null : sealKey(bytes)
}

function ringOf(texts: readonly string[]): KeyRing | null {
  const [first, ...others] = texts.map(keyOf)
  if (first === undefined || first === null) return null
  const opened = others.filter((key) => key !== null)
  return opened.length === others.length ? [first, ...opened] : null
}

/**
 * The keys of `MAGPIE_KEY`: 32 bytes in hex or base64; where there are several, with commas between them, the first
 * seals and all open. Problem `setting-invalid`, which quotes nothing.
 */
export function readKeys(text: string): KeyRing {
  const ring = ringOf(text.split(',').map((one) => one.trim()))
  if (ring !== null) return ring
  const detail = '32 bytes in base64 or hex (openssl rand -base64 32); several with commas between them'
  throw new Problem('setting-invalid', { setting: 'MAGPIE_KEY', detail }, 'MAGPIE_KEY')
}

/** Writes the keys of a folder, readable by its owner alone; whole, or not at all. */
export function writeKeyFile(dataDir: string, ring: KeyRing): void {
  const lines = ring.map(({ bytes }) => `${Buffer.from(bytes).toString('base64')}\n`)
  writeWhole(keyFile(dataDir), lines.join(''))
}

/** The keys in a folder's own file; null where there is none. Problem `key-file-unreadable`. */
export function readKeyFile(dataDir: string): KeyRing | null {
  const path = keyFile(dataDir)
  if (!existsSync(path)) return null
  const lines = readFileSync(path, 'utf8').split('\n')
  const ring = ringOf(lines.map((line) => line.trim()).filter((line) => line !== ''))
  if (ring === null) throw new Problem('key-file-unreadable', { file: path })
  return ring
}

/**
 * The keys of a folder of data: those that were given, and after them its own, so that what was sealed before they
 * were given is still opened. Where there are none at all, one is made and kept in the folder.
 */
export function openKeyRing(dataDir: string, given: KeyRing | null): KeyRing {
  const own = readKeyFile(dataDir)
  if (given !== null) return own === null ? given : [...given, ...own]
  if (own !== null) return own
  const made: KeyRing = [newKey()]
  writeKeyFile(dataDir, made)
  return made
}
