import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type ChannelSettingsForm, channels } from '../../../../shared/channels/index.ts'
import { modelOrigin, type SecretPlace, type TypedFields } from '../../../../shared/channels/origin.ts'
import type { BrandDatabase } from '../database.ts'
import { Database } from '../driver.ts'
import type { Vault } from '../secrets/vault.ts'
import { readMeta, settingsKeys, writeMeta } from './meta.ts'

export const modelKey = 'ai.apiKey'
/** Signs the links in messages. */
export const linkKey = 'links'
export const randomSecret = () => randomBytes(32).toString('base64url')

const nameOf = (channel: string, field: string) => `${channel}.${field}`

/** The secrets that a channel's settings have, each with where it is handed over. */
function placesOf(channel: string): readonly (readonly [string, SecretPlace])[] {
  const settings: ChannelSettingsForm | null = channels.find(({ id }) => id === channel)?.settings ?? null
  return Object.entries(settings?.secrets ?? {})
}

/** The secrets of a channel that were given for the address which its fields name. */
export function channelSecrets(vault: Vault, channel: string, fields: TypedFields): Record<string, string> {
  return Object.fromEntries(
    placesOf(channel).flatMap(([name, place]) => {
      const text = vault.read(nameOf(channel, name), place(fields))
      return text === null ? [] : [[name, text] as const]
    }),
  )
}

/** A channel's settings without what is secret among them. */
export function plainFields(channel: string, settings: TypedFields): TypedFields {
  const secret = new Set(placesOf(channel).map(([name]) => name))
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !secret.has(name)))
}

/** One secret as it is saved: given anew, taken away, or left out and kept only where its address is the same. */
function saveSecret(vault: Vault, name: string, origin: string | null, given: unknown): void {
  if (typeof given === 'string') vault.write(name, origin, given)
  else if (given === null) vault.remove(name)
  else {
    const known = vault.kept().get(name)
    if (known !== undefined && known.origin !== origin) vault.drop(name)
  }
}

/** Keeps a channel's secrets with its settings; null takes all of them away. */
export function saveChannelSecrets(
  vault: Vault,
  channel: string,
  settings: TypedFields | null,
  dropped: readonly string[],
): void {
  for (const [name, place] of placesOf(channel))
    if (settings === null) vault.remove(nameOf(channel, name))
    else {
      const given = dropped.includes(name) ? null : settings[name]
      saveSecret(vault, nameOf(channel, name), place(settings), given)
    }
}

/** Keeps the model's key with its address; undefined leaves it as it is. */
export function saveModelKey(vault: Vault, baseUrl: string | null, given: string | null | undefined): void {
  saveSecret(vault, modelKey, modelOrigin(baseUrl), given)
}

const storedChannels = z.record(z.string(), z.record(z.string(), z.unknown()))
const storedModel = z.looseObject({
  baseUrl: z.string().nullish().catch(null),
  apiKey: z.string().nullish().catch(null),
})

/** Set as long as what earlier releases kept in the open may still be read in the file's free pages. */
const purging = 'purge-plain-secrets'

/**
 * Whether a file may keep secrets in the open, as earlier releases wrote them. Asked of files that nobody works with,
 * and which are otherwise left as they are.
 */
export function holdsPlainSecrets(path: string): boolean {
  const sqlite = new Database(path, { readonly: true })
  try {
    const settings = sqlite.prepare<[], { value: string }>(
      `select value from meta where key in ('${settingsKeys.channels}', '${settingsKeys.ai}', 'secret:${linkKey}', '${purging}')`,
    )
    const open = /"(?:apiKey|password|secret)":"|^"|^true$/
    return settings.all().some(({ value }) => open.test(value))
  } finally {
    sqlite.close()
  }
}

/** Moves secrets that stand in the open to where they are sealed; whether there were any. */
function sealWhatIsOpen(db: BrandDatabase, vault: Vault): boolean {
  const saved = storedChannels.safeParse(readMeta(db, settingsKeys.channels))
  const open = Object.entries(saved.data ?? {}).filter(([id, fields]) =>
    placesOf(id).some(([name]) => Object.hasOwn(fields, name)),
  )
  for (const [id, fields] of open) saveChannelSecrets(vault, id, fields, [])
  if (open.length > 0) {
    const plain = Object.entries(saved.data ?? {}).map(([id, fields]) => [id, plainFields(id, fields)])
    writeMeta(db, settingsKeys.channels, Object.fromEntries(plain))
  }
  const { data: model } = storedModel.safeParse(readMeta(db, settingsKeys.ai))
  const { apiKey, ...rest } = model ?? {}
  if (apiKey !== undefined) writeMeta(db, settingsKeys.ai, rest)
  if (typeof apiKey === 'string') saveModelKey(vault, rest.baseUrl ?? null, apiKey)
  const links = readMeta(db, `secret:${linkKey}`)
  if (typeof links === 'string') {
    vault.write(linkKey, null, links)
    db.sqlite.prepare('delete from meta where key = ?').run(`secret:${linkKey}`)
  }
  return open.length > 0 || typeof apiKey === 'string' || typeof links === 'string'
}

/**
 * Seals what a database of an earlier release keeps in the open, and rewrites its file so that the words are gone from
 * its free pages and its log too. A process killed amid it goes on at the next start.
 */
export function sealPlainSecrets(db: BrandDatabase, vault: Vault): void {
  const { sqlite } = db
  const move = sqlite.transaction(() => {
    if (sealWhatIsOpen(db, vault)) writeMeta(db, purging, true)
  })
  move.immediate()
  if (readMeta(db, purging) === undefined) return
  sqlite.exec('vacuum')
  sqlite.pragma('wal_checkpoint(truncate)')
  sqlite.prepare('delete from meta where key = ?').run(purging)
}
