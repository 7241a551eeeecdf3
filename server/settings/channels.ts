import type { z } from 'zod'
import type { channelSettingsAnswer, channelTest } from '../../shared/api/settings.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { formOf, isOptional } from '../../shared/channels/form.ts'
import {
  type ChannelSettingsForm,
  channelSettings,
  channels,
  isChannelId,
} from '../../shared/channels/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { type ChannelFields, inForce, type KeptSecret } from '../ports/settings.ts'
import type { SettingsDesk } from './desk.ts'
import { requireUsable } from './faults.ts'

type Answer = z.output<typeof channelSettingsAnswer>

/** What a channel must be told; null of one that needs nothing, or that is not there. */
function settingsFormOf(id: string): ChannelSettingsForm | null {
  return channels.find((one) => one.id === id)?.settings ?? null
}

/** The names of a channel's fields, secrets apart. */
function namesOf(settings: ChannelSettingsForm | null) {
  const form = formOf<ChannelSettingsForm>(settings)
  const named = (secret: boolean) =>
    form.flatMap(({ name, kind }) => ((kind === 'secret') === secret ? [name] : []))
  return { fields: named(false), secrets: named(true) }
}

const ready = {
  sandbox: { 'zh-CN': '沙盒：消息送到屏幕上的手机', en: 'Sandbox: messages go to the on-screen phone' },
  real: { 'zh-CN': '已就绪', en: 'Ready' },
}

/** How messages leave. Secrets are never told, only whether they are set. */
export async function readChannels(desk: SettingsDesk): Promise<Answer> {
  const { settings } = desk.stores
  const [saved, kept, halts] = await Promise.all([settings.channels(), settings.secrets(), settings.halts()])
  const absent = desk.absentChannels()
  return {
    channels: channels.map(({ id }) => {
      const why = absent.get(id)
      const transport = desk.sandbox ? 'sandbox' : why === undefined ? 'real' : 'absent'
      const { fields, secrets } = namesOf(settingsFormOf(id))
      const values = saved[id] === undefined ? {} : inForce(id, saved[id])
      return {
        id,
        ready: why === undefined,
        transport,
        detail: why ?? (desk.sandbox ? ready.sandbox : ready.real),
        fields: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
        secretsSet: secrets.filter((name) => values[name] !== undefined),
        secrets: Object.fromEntries(
          secrets.flatMap((name) => {
            const secret = kept.get(`${id}.${name}`)
            return secret === undefined ? [] : [[name, secret] as const]
          }),
        ),
        halts: halts.filter(({ channel }) => channel === id),
      }
    }),
  }
}

interface Before {
  readonly id: string
  readonly settings: ChannelSettingsForm
  readonly fields: ChannelFields
  readonly kept: ReadonlyMap<string, KeptSecret>
}

/**
 * The secrets that stay with the fields that are given: those that are left out, and are handed over where they were
 * before or to nobody. What was typed for another address goes with that address. Problems `secret-elsewhere` and
 * `secret-locked` where the channel cannot do without.
 */
function keptSecrets({ id, settings, fields, kept }: Before, given: ChannelFields) {
  const left = Object.entries(settings.secrets).filter(([name]) => !(name in given))
  return left.flatMap(([name, place]) => {
    const secret = kept.get(`${id}.${name}`)
    if (secret === undefined) return []
    const now = place(given)
    const value = fields[name]
    if (secret.origin === now && secret.state === 'kept' && value !== undefined)
      return [[name, value] as const]
    if (isOptional(settings, name, given)) return []
    if (secret.origin === now) throw new Problem('secret-locked', {}, `${id}.${name}`)
    throw new Problem('secret-elsewhere', { was: secret.origin ?? '', now: now ?? '' }, `${id}.${name}`)
  })
}

/** That a server may stand on one's own network stays with that server where it is left out. */
function keptLeave({ fields }: Before, given: ChannelFields) {
  const { host, allowPrivate } = fields
  const stays = host !== undefined && host === given.host && allowPrivate !== undefined
  return stays ? [['allowPrivate', allowPrivate] as const] : []
}

/** Puts what was given over what is kept: a secret left out stays with its address, a field of null is dropped. */
function merged(before: Before, given: ChannelFields): ChannelFields {
  const kept = Object.fromEntries([...keptSecrets(before, given), ...keptLeave(before, given)])
  return Object.fromEntries(Object.entries({ ...kept, ...given }).filter(([, value]) => value !== null))
}

export interface SetUpChannel {
  readonly id: string
  readonly fields: ChannelFields
}

/**
 * Sets a channel up. Problems `not-found`, `secret-elsewhere`, `secret-locked`,
 * `setting-unusable`; an
 * InvalidInput by the channel's schema.
 */
export async function setUpChannel(
  desk: SettingsDesk,
  actor: Actor,
  { id, fields }: SetUpChannel,
): Promise<Answer> {
  const form = settingsFormOf(id)
  if (form === null) throw new Problem('not-found', { what: id }, 'channel')
  const { [id]: saved } = await desk.stores.settings.channels()
  const before = saved === undefined ? {} : inForce(id, saved)
  const kept = await desk.stores.settings.secrets()
  const wanted = { [id]: merged({ id, settings: form, fields: before, kept }, fields) }
  const parsed = channelSettings.safeParse(wanted)
  if (!parsed.success) throw new InvalidInput(parsed.error)
  for (const given of Object.values(wanted)) requireUsable(await desk.settingTrial.channel(id, given))
  const [, settings = {}] = Object.entries(parsed.data).find(([one]) => one === id) ?? []
  const dropped = Object.entries(fields).flatMap(([name, value]) => (value === null ? [name] : []))
  await desk.stores.settings.saveChannel(desk.act(actor), id, settings, dropped)
  await desk.reconfigure('channels')
  return readChannels(desk)
}

/**
 * Takes a channel's settings away: what is sent by it then stays queued. Problems `not-found`, and `channel-in-use`
 * with all running versions that send by it, unless it is meant so despite them.
 */
export async function removeChannel(
  desk: SettingsDesk,
  actor: Actor,
  { id, despiteRunning }: { readonly id: string; readonly despiteRunning: boolean },
): Promise<void> {
  if (settingsFormOf(id) === null) throw new Problem('not-found', { what: id }, 'channel')
  await desk.stores.settings.removeChannel(desk.act(actor), id, { registry: desk.registry, despiteRunning })
  await desk.reconfigure('channels')
}

/** Lets a channel try again that rests, or one endpoint of it. Problem `not-found` where there is no such channel. */
export async function resumeChannel(
  desk: SettingsDesk,
  actor: Actor,
  { id, endpoint }: { readonly id: string; readonly endpoint: string | null },
): Promise<Answer> {
  if (!isChannelId(id)) throw new Problem('not-found', { what: id }, 'channel')
  await desk.stores.settings.resumeChannel(desk.act(actor), id, endpoint)
  return readChannels(desk)
}

/** Asks a channel's provider whether the settings work; nothing is sent. Problem `channel-absent`. */
export async function testChannel(desk: SettingsDesk, id: string): Promise<z.output<typeof channelTest>> {
  const channel = desk.channels().get(id)
  if (channel === undefined) throw new Problem('channel-absent', { channel: id }, 'id')
  return channel.verify === undefined ? { ok: true, detail: 'ready' } : channel.verify()
}
