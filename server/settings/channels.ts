import type { z } from 'zod'
import type { channelSettingsAnswer, channelTest } from '../../shared/api/settings.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { formOf } from '../../shared/channels/form.ts'
import { type ChannelSettingsForm, channelSettings, channels } from '../../shared/channels/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import type { ChannelFields } from '../ports/settings.ts'
import type { SettingsDesk } from './desk.ts'
import { requireUsable } from './faults.ts'

type Answer = z.output<typeof channelSettingsAnswer>

/** The form of a channel that has settings; undefined of one that has none, or that is not there. */
function formFor(
  id: string,
): { readonly fields: readonly string[]; readonly secrets: readonly string[] } | undefined {
  const channel = channels.find((one) => one.id === id)
  if (channel === undefined || channel.settings === null) return undefined
  const form = formOf<ChannelSettingsForm>(channel.settings)
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
  const saved = await desk.stores.settings.channels()
  const absent = desk.absentChannels()
  return {
    channels: channels.map(({ id }) => {
      const why = absent.get(id)
      const transport = desk.sandbox ? 'sandbox' : why === undefined ? 'real' : 'absent'
      const { fields = [], secrets = [] } = formFor(id) ?? {}
      const values = saved[id] ?? {}
      return {
        id,
        ready: why === undefined,
        transport,
        detail: why ?? (desk.sandbox ? ready.sandbox : ready.real),
        fields: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
        secretsSet: secrets.filter((name) => values[name] !== undefined),
      }
    }),
  }
}

/** Puts what was given over what is kept: a secret left out stays, a field of null is dropped. */
function merged(id: string, before: ChannelFields, given: ChannelFields): ChannelFields {
  const secrets = formFor(id)?.secrets ?? []
  const kept = Object.fromEntries(
    secrets.flatMap((name) => (name in before ? [[name, before[name] ?? null]] : [])),
  )
  return Object.fromEntries(Object.entries({ ...kept, ...given }).filter(([, value]) => value !== null))
}

export interface SetUpChannel {
  readonly id: string
  /** null takes the settings away. */
  readonly fields: ChannelFields | null
}

/** Sets a channel up, or takes its settings away. Problems `not-found`, `setting-unusable`; an InvalidInput by the channel's schema. */
export async function setUpChannel(
  desk: SettingsDesk,
  actor: Actor,
  { id, fields }: SetUpChannel,
): Promise<Answer> {
  if (formFor(id) === undefined) throw new Problem('not-found', { what: id }, 'channel')
  const { [id]: before = {} } = await desk.stores.settings.channels()
  const parsed = channelSettings.safeParse(fields === null ? {} : { [id]: merged(id, before, fields) })
  if (!parsed.success) throw new InvalidInput(parsed.error)
  if (fields !== null) requireUsable(await desk.settingTrial.channel(id, merged(id, before, fields)))
  const [, settings = null] = Object.entries(parsed.data).find(([one]) => one === id) ?? []
  await desk.stores.settings.saveChannel(desk.act(actor), id, settings ?? null)
  await desk.reconfigure('channels')
  return readChannels(desk)
}

/** Asks a channel's provider whether the settings work; nothing is sent. Problem `channel-absent`. */
export async function testChannel(desk: SettingsDesk, id: string): Promise<z.output<typeof channelTest>> {
  const channel = desk.channels().get(id)
  if (channel === undefined) throw new Problem('channel-absent', { channel: id }, 'id')
  return channel.verify === undefined ? { ok: true, detail: 'ready' } : channel.verify()
}
