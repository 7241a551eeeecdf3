import { z } from 'zod'
import {
  aiSettingsAnswer,
  aiSettingsSave,
  aiTest,
  brandChange,
  brandSettings,
  channelSettingsAnswer,
  channelSettingsSave,
  channelTest,
} from '../../shared/api/settings.ts'
import { formOf } from '../../shared/channels/form.ts'
import { type ChannelSettingsForm, channelSettings, channels } from '../../shared/channels/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type App, brandOf } from '../http/app.ts'
import { InvalidInput } from '../http/problem.ts'
import { brandParams, nothing } from '../http/route.ts'
import { readMeta, settingsKeys, writeMeta } from '../store/sqlite/settings/meta.ts'
import type { RouteContext } from './context.ts'

type Fields = z.output<typeof channelSettingsSave>
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

const stored = z.record(z.string(), channelSettingsSave)
const ready = {
  sandbox: { 'zh-CN': '沙盒：消息送到屏幕上的手机', en: 'Sandbox: messages go to the on-screen phone' },
  real: { 'zh-CN': '已就绪', en: 'Ready' },
}

function savedChannels({ db }: BrandRuntime): Record<string, Fields> {
  return stored.parse(readMeta(db, settingsKeys.channels) ?? {})
}

function channelAnswer(runtime: BrandRuntime, context: RouteContext): Answer {
  const saved = savedChannels(runtime)
  const absent = context.channelKit.absentChannels(runtime.channels())
  return {
    channels: channels.map(({ id }) => {
      const why = absent.get(id)
      const transport = runtime.sandbox ? 'sandbox' : why === undefined ? 'real' : 'absent'
      const { fields = [], secrets = [] } = formFor(id) ?? {}
      const values = saved[id] ?? {}
      return {
        id,
        ready: why === undefined,
        transport,
        detail: why ?? (runtime.sandbox ? ready.sandbox : ready.real),
        fields: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
        secretsSet: secrets.filter((name) => values[name] !== undefined),
      }
    }),
  }
}

/** Puts what was given over what is kept: a secret left out stays, a field of null is dropped. */
function merged(id: string, before: Fields, given: Fields): Fields {
  const secrets = formFor(id)?.secrets ?? []
  const kept = Object.fromEntries(
    secrets.flatMap((name) => (name in before ? [[name, before[name] ?? null]] : [])),
  )
  return Object.fromEntries(Object.entries({ ...kept, ...given }).filter(([, value]) => value !== null))
}

async function saveChannel(runtime: BrandRuntime, id: string, fields: Fields | null): Promise<void> {
  if (formFor(id) === undefined) throw new Problem('not-found', { what: id }, 'channel')
  const { [id]: before = {}, ...others } = savedChannels(runtime)
  const parsed = channelSettings.safeParse(
    fields === null ? others : { ...others, [id]: merged(id, before, fields) },
  )
  if (!parsed.success) throw new InvalidInput(parsed.error)
  writeMeta(runtime.db, settingsKeys.channels, parsed.data)
  await runtime.reconfigure()
}

const savedAi = z.object({
  baseUrl: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  apiKey: z.string().nullable().default(null),
})

function aiAnswer({ db }: BrandRuntime, { ai }: RouteContext): z.output<typeof aiSettingsAnswer> {
  if (ai?.model !== undefined)
    return {
      baseUrl: ai.baseUrl ?? null,
      model: ai.model,
      keySet: ai.apiKey !== undefined,
      fromEnvironment: true,
    }
  const { apiKey, ...saved } = savedAi.parse(readMeta(db, settingsKeys.ai) ?? {})
  return { ...saved, keySet: apiKey !== null, fromEnvironment: false }
}

const channelParams = brandParams.extend({
  id: z.string().describe(channels.flatMap(({ id, settings }) => (settings === null ? [] : [id])).join(', ')),
})

export function settingsRoutes(app: App, context: RouteContext): void {
  const tags = ['settings']

  app.get(
    '/settings/brand',
    {
      schema: {
        summary: 'What the brand has decided for all its journeys',
        tags,
        params: brandParams,
        response: { 200: brandSettings },
        problems: ['not-found'],
      },
    },
    async ({ params }) => brandOf(context, params.brand).brand(),
  )

  app.put(
    '/settings/brand',
    {
      schema: {
        summary: 'Change the brand: name, signature, zone, quiet hours, ceilings and prices',
        tags,
        params: brandParams,
        body: brandChange,
        response: { 200: brandSettings },
        problems: ['not-found'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      runtime.saveBrand(body)
      return runtime.brand()
    },
  )

  app.get(
    '/settings/channels',
    {
      schema: {
        summary: 'How messages leave',
        description: 'Secrets are never told, only whether they are set.',
        tags,
        params: brandParams,
        response: { 200: channelSettingsAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => channelAnswer(brandOf(context, params.brand), context),
  )

  app.put(
    '/settings/channels/:id',
    {
      schema: {
        summary: 'Set a channel up',
        description: 'A secret left out stays as it is; a field of null is dropped.',
        tags,
        params: channelParams,
        body: channelSettingsSave,
        response: { 200: channelSettingsAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      await saveChannel(runtime, params.id, body)
      return channelAnswer(runtime, context)
    },
  )

  app.delete(
    '/settings/channels/:id',
    {
      schema: {
        summary: 'Take a channel’s settings away',
        tags,
        params: channelParams,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async ({ params }, reply) => {
      await saveChannel(brandOf(context, params.brand), params.id, null)
      return reply.code(204).send()
    },
  )

  app.post(
    '/settings/channels/:id/test',
    {
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        summary: 'Ask a channel’s provider whether the settings work',
        description: 'Nothing is sent.',
        tags,
        params: channelParams,
        response: { 200: channelTest },
        problems: ['not-found', 'channel-absent'],
      },
    },
    async ({ params }) => {
      const channel = brandOf(context, params.brand).channels().get(params.id)
      if (channel === undefined) throw new Problem('channel-absent', { channel: params.id }, 'id')
      return channel.verify === undefined ? { ok: true, detail: 'ready' } : channel.verify()
    },
  )

  app.get(
    '/settings/ai',
    {
      schema: {
        summary: 'The model that polishes messages',
        tags,
        params: brandParams,
        response: { 200: aiSettingsAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => aiAnswer(brandOf(context, params.brand), context),
  )

  app.put(
    '/settings/ai',
    {
      schema: {
        summary: 'Choose the model',
        description: 'Any server that speaks the OpenAI protocol. Without one the written texts are sent.',
        tags,
        params: brandParams,
        body: aiSettingsSave,
        response: { 200: aiSettingsAnswer },
        problems: ['not-found', 'set-by-environment'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      if (context.ai?.model !== undefined)
        throw new Problem('set-by-environment', { setting: 'AI_MODEL' }, 'model')
      const { apiKey } = savedAi.parse(readMeta(runtime.db, settingsKeys.ai) ?? {})
      const kept = body.apiKey === undefined ? apiKey : body.apiKey
      writeMeta(runtime.db, settingsKeys.ai, { ...body, apiKey: kept })
      await runtime.reconfigure()
      return aiAnswer(runtime, context)
    },
  )

  app.post(
    '/settings/ai/test',
    {
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        summary: 'Ask the model for one word',
        tags,
        params: brandParams,
        response: { 200: aiTest },
        problems: ['not-found', 'ai-no-key'],
      },
    },
    async ({ params }) => {
      const polisher = brandOf(context, params.brand).polisher()
      if (polisher === null) throw new Problem('ai-no-key', { detail: 'AI_MODEL' })
      return polisher.verify()
    },
  )
}
