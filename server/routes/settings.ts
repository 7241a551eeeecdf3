import { z } from 'zod'
import {
  aiSettingsAnswer,
  aiSettingsSave,
  aiTest,
  brandChange,
  brandSettings,
  channelRemoval,
  channelResume,
  channelSettingsAnswer,
  channelSettingsSave,
  channelTest,
  settingFaults,
} from '../../shared/api/settings.ts'
import { channels } from '../../shared/channels/index.ts'
import { settingsOf } from '../../shared/journey/brand.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { changeBrand } from '../settings/brand.ts'
import {
  readChannels,
  removeChannel,
  resumeChannel,
  setUpChannel,
  testChannel,
} from '../settings/channels.ts'
import { readFaults } from '../settings/faults.ts'
import { chooseModel, readModel, testModel } from '../settings/model.ts'
import type { RouteContext } from './context.ts'

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
    async ({ params }) => settingsOf(brandOf(context, params.brand).brand()),
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
        problems: ['not-found', 'name-too-long'],
      },
    },
    async (request) =>
      changeBrand(brandOf(context, request.params.brand), actorOf(context, request), request.body),
  )

  app.get(
    '/settings/faults',
    {
      schema: {
        summary: 'Stored settings that cannot be used',
        description: 'They are left out, and all else goes on. Saving the setting again mends it.',
        tags,
        params: brandParams,
        response: { 200: settingFaults },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readFaults(brandOf(context, params.brand), context.unusable ?? []),
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
    async ({ params }) => readChannels(brandOf(context, params.brand)),
  )

  app.put(
    '/settings/channels/:id',
    {
      schema: {
        summary: 'Set a channel up',
        description:
          'A secret left out stays while the address stays that it is handed to (scheme, host, port); with another ' +
          'address it is dropped, or asked for where the channel needs it. A field of null is dropped.',
        tags,
        params: channelParams,
        body: channelSettingsSave,
        response: { 200: channelSettingsAnswer },
        problems: ['not-found', 'secret-elsewhere', 'secret-locked', 'setting-unusable'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const command = { id, fields: request.body }
      return setUpChannel(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.delete(
    '/settings/channels/:id',
    {
      schema: {
        summary: 'Take a channel’s settings away',
        description:
          'Where running journeys send by it, a refusal lists them under `uses`; `running=keep-waiting` takes the settings away all the same, and their messages stay queued.',
        tags,
        params: channelParams,
        querystring: channelRemoval,
        response: { 204: nothing },
        problems: ['not-found', 'channel-in-use'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const command = { id, despiteRunning: request.query.running === 'keep-waiting' }
      await removeChannel(brandOf(context, brand), actorOf(context, request), command)
      return reply.code(204).send()
    },
  )

  app.post(
    '/settings/channels/:id/test',
    {
      config: { rateLimit: { max: limits.trials.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Ask a channel’s provider whether the settings work',
        description: 'Nothing is sent.',
        tags,
        params: channelParams,
        response: { 200: channelTest },
        problems: ['not-found', 'channel-absent'],
      },
    },
    async ({ params }) => testChannel(brandOf(context, params.brand), params.id),
  )

  app.post(
    '/settings/channels/:id/resume',
    {
      schema: {
        summary: 'Let a channel try again that rests because its provider is at fault',
        description:
          'A redirect, 401, 403, 404, a refused login, a certificate or a name that is wrong, no connection or no room is the endpoint’s fault, not the message’s: nothing more is sent there, no message is spent on it, and one tries it again later each time. Saving the channel’s settings lets it try again too.',
        tags,
        params: channelParams,
        body: channelResume,
        response: { 200: channelSettingsAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const command = { id, endpoint: request.body.endpoint ?? null }
      return resumeChannel(brandOf(context, brand), actorOf(context, request), command)
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
    async ({ params }) => readModel(brandOf(context, params.brand), context.ai ?? {}),
  )

  app.put(
    '/settings/ai',
    {
      schema: {
        summary: 'Choose the model',
        description:
          'Any server that speaks the OpenAI protocol. Without one the written texts are sent. A key left out stays ' +
          'while the address stays that it was given for (scheme, host, port), and is dropped with it.',
        tags,
        params: brandParams,
        body: aiSettingsSave,
        response: { 200: aiSettingsAnswer },
        problems: ['not-found', 'set-by-environment', 'setting-unusable'],
      },
    },
    async (request) => {
      const { params, body } = request
      const command = { ...body, given: context.ai ?? {} }
      return chooseModel(brandOf(context, params.brand), actorOf(context, request), command)
    },
  )

  app.post(
    '/settings/ai/test',
    {
      config: { rateLimit: { max: limits.trials.value, timeWindow: 60_000 } },
      schema: {
        summary: 'Ask the model for one word',
        tags,
        params: brandParams,
        response: { 200: aiTest },
        problems: ['not-found', 'ai-no-key'],
      },
    },
    async ({ params }) => testModel(brandOf(context, params.brand)),
  )
}
