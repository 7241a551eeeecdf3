import { z } from 'zod'
import { headerValue, httpUrl, modelName } from '../channels/fields.ts'
import { halt } from '../channels/halts.ts'
import { isChannel } from '../channels/index.ts'
import { type Brand, brandSchema } from '../journey/brand.ts'
import { abroadPrice } from '../message/compose.ts'
import { isOptOutText } from '../message/opt-out.ts'

/** GET /settings/brand */
export const brandSettings = brandSchema

/** PUT /settings/brand: it has a name, and opt-out words may not ask for a reply that would change nothing. */
export const brandChange = brandSchema
  .refine(({ name }) => Object.values(name).some((text) => text?.trim() !== ''), {
    message: 'a name',
    path: ['name'],
  })
  .refine(({ optOut }) => isOptOutText(optOut), {
    message: 'words that ask for a reply which unsubscribes, such as 拒收请回复R, 回T退订 or Reply STOP',
    path: ['optOut'],
  })
  .check(({ value, issues }) => {
    // A ceiling or a rate for a channel that is spelt wrong would hold for none.
    for (const [path] of channelsIn(value).filter(([, channel]) => !isChannel(channel)))
      issues.push({
        code: 'custom',
        message: 'a channel that this Magpie has',
        input: value,
        path: [...path],
      })
  })

type Named = readonly [path: readonly (string | number)[], channel: string]

/** Where the brand's decisions name a channel. */
function channelsIn({ caps, prices, rates }: Brand): Named[] {
  return [
    ...caps.flatMap(({ channel }, index): Named[] =>
      channel === null ? [] : [[['caps', index, 'channel'], channel]],
    ),
    ...Object.keys(prices)
      .filter((priced) => priced !== abroadPrice)
      .map((channel): Named => [['prices', channel], channel]),
    ...Object.keys(rates).map((channel): Named => [['rates', channel], channel]),
  ]
}

/** What is known of a secret beside its value, which is told to nobody. */
export const keptSecret = z.object({
  origin: z.string().nullable().describe('Where alone it is handed over; null: it stays on this server'),
  state: z
    .enum(['kept', 'dropped', 'locked'])
    .describe(
      'dropped: it went with its address; locked: the key is not there that sealed it. Type it again',
    ),
})

/** GET /settings/channels: secrets never leave the server, only whether they are set. */
export const channelSettingsAnswer = z.object({
  channels: z.array(
    z.object({
      id: z.string(),
      ready: z.boolean(),
      /** `sandbox` delivers into the on-screen phone. */
      transport: z.enum(['sandbox', 'real', 'absent']),
      detail: z.object({ 'zh-CN': z.string(), en: z.string() }),
      fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      secretsSet: z.array(z.string()),
      secrets: z.record(z.string(), keptSecret).describe('By the name of the field'),
      halts: z.array(halt).describe('Where nothing is sent for now, because its provider is at fault'),
    }),
  ),
})

/** PUT /settings/channels/:id: the channel's own fields; a secret left out stays with its address. */
export const channelSettingsSave = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
)
/** DELETE /settings/channels/:id?running=keep-waiting */
export const channelRemoval = z.object({
  running: z
    .enum(['refuse', 'keep-waiting'])
    .default('refuse')
    .describe('keep-waiting: also where running journeys send by it, whose messages then stay queued'),
})
/** POST /settings/channels/:id/resume */
export const channelResume = z.strictObject({
  endpoint: z.string().optional().describe('The address of one webhook; left out: all of the channel'),
})
export const channelTest = z.object({ ok: z.boolean(), detail: z.string() })

/** A stored setting that cannot be used and is left out, with what is wrong. */
export const settingFault = z.object({
  setting: z.enum(['brand', 'channels', 'ai']),
  /** Such as `zone`, `sms.url` or `AI_BASE_URL`; empty where the whole setting is meant. */
  field: z.string(),
  detail: z.object({ 'zh-CN': z.string(), en: z.string() }),
})

/** GET /settings/faults */
export const settingFaults = z.object({ faults: z.array(settingFault) })

/** POST /settings/ai/test */
export const aiTest = channelTest.extend({
  model: z.string().nullable().describe('The model that answered, as its server names it'),
  reason: z.string().nullable().describe('Why it cannot be used: a reason such as `timeout`'),
})

/** GET and PUT /settings/ai: the key is never answered. */
export const aiSettingsAnswer = z.object({
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  keySet: z.boolean(),
  allowPrivate: z
    .boolean()
    .optional()
    .describe(
      'Whether the address may lead into your own network; absent where none was given, or the environment has it',
    ),
  key: keptSecret.optional().describe('Absent where none was given, or the environment has it'),
  fromEnvironment: z.boolean(),
})
export const aiSettingsSave = z.strictObject({
  baseUrl: httpUrl.nullable(),
  model: modelName.nullable(),
  apiKey: headerValue
    .nullable()
    .optional()
    .describe('Left out: stays while the address stays that it was given for'),
  allowPrivate: z
    .boolean()
    .optional()
    .describe(
      'Lets the address lead into your own network. A private address, localhost or a name of one word needs it not. Left out: stays while the address stays, else false',
    ),
})
