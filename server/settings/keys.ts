import { randomBytes, randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { KeyMade, keyList, keyMake } from '../../shared/api/keys.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'
import { keyHash } from '../ports/key-hash.ts'

const hintLength = 4

export async function listKeys({ stores }: Desk): Promise<z.output<typeof keyList>> {
  return { keys: await stores.keys.list() }
}

/** Makes a key and tells it, this once. Problems `key-name-taken`, `keys-too-many`. */
export async function makeKey(
  desk: Desk,
  actor: Actor,
  { name, kind }: z.output<typeof keyMake>,
): Promise<KeyMade> {
  const secret = `mgp_${kind}_${randomBytes(32).toString('base64url')}`
  const hash = keyHash(secret)
  const hint = secret.slice(-hintLength)
  const key = await desk.stores.keys.make(desk.act(actor), { id: randomUUID(), name, kind, hash, hint })
  return { key, secret }
}

/** Problem `not-found`. */
export async function revokeKey(desk: Desk, actor: Actor, id: string): Promise<void> {
  await desk.stores.keys.revoke(desk.act(actor), id)
}
