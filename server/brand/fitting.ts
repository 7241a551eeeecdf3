import type { z } from 'zod'
import { headerValue, httpUrl, modelName } from '../../shared/channels/fields.ts'
import { type ChannelSettings, channelSettings } from '../../shared/channels/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { placedIssues, sayIssue, sayPath } from '../../shared/journey/issue.ts'
import type { LocalText } from '../../shared/text.ts'
import type { ReachParts } from '../ai/reach.ts'
import type { AiSettings } from '../ai/settings.ts'
import { triedModel } from '../ai/trial.ts'
import type { Caller } from '../channels/call.ts'
import type { Channel } from '../channels/channel.ts'
import {
  buildCaller,
  buildChannels,
  buildWechat,
  buildWecom,
  type ChannelDeps,
  type WecomReach,
} from '../channels/index.ts'
import type { WechatClient } from '../channels/wechat/client.ts'
import type { Elapsed } from '../ports/clock.ts'
import { type ChannelFields, inForce, type ModelSettings, type SettingFault } from '../ports/settings.ts'
import type { SettingTrial } from '../settings/desk.ts'
import { type Model, openModel } from './models.ts'
import { aiSettingsOf, pricedFor } from './settings.ts'

/** What settings make, and what of them cannot be used: that is left out, and all else goes on. */
export interface Fitted<T> {
  readonly made: T
  readonly faults: readonly SettingFault[]
}

/** What a library says of settings that it cannot be built of, without the values. */
function unbuildable(error: unknown): LocalText {
  const why = error instanceof Error ? error.name : 'error'
  return { 'zh-CN': `用这些设置建立不起来（${why}）`, en: `nothing can be built of it (${why})` }
}

function faultsOf(setting: SettingFault['setting'], error: z.ZodError): SettingFault[] {
  return placedIssues(error).map(({ path, issue }) => ({
    setting,
    field: sayPath(path),
    detail: sayIssue(issue),
  }))
}

export interface Outlets {
  readonly channels: ReadonlyMap<string, Channel>
  readonly caller: Caller | null
  readonly wecom: WecomReach | null
  readonly wechat: WechatClient | null
}

/** Each channel by itself: one that cannot be used is absent, and the others send. */
export function fitChannels(
  saved: Readonly<Record<string, ChannelFields>>,
  deps: ChannelDeps,
): Fitted<Outlets> {
  const faults: SettingFault[] = []
  const usable = Object.entries(saved).flatMap(([id, fields]) => {
    const kept = inForce(id, fields)
    const parsed = channelSettings.safeParse({ [id]: kept })
    if (!parsed.success) {
      faults.push(...faultsOf('channels', parsed.error))
      return []
    }
    const fault = tryChannel(parsed.data, deps)
    if (fault === null) return [[id, kept]]
    faults.push({ setting: 'channels', field: id, detail: fault })
    return []
  })
  const settings = channelSettings.parse(Object.fromEntries(usable))
  return {
    made: {
      channels: buildChannels(settings, deps),
      caller: buildCaller(settings, deps),
      wecom: buildWecom(settings, deps),
      wechat: buildWechat(settings, deps),
    },
    faults,
  }
}

/** Builds what a live brand would send by, and lets go of it; nothing is sent. Answers why that fails. */
export function tryChannel(settings: ChannelSettings, deps: ChannelDeps): LocalText | null {
  try {
    const built = buildChannels(settings, { ...deps, mode: 'live' })
    for (const channel of built.values()) void channel.close()
    buildCaller(settings, deps)?.close()
    buildWecom(settings, deps)?.client.close()
    buildWechat(settings, deps)?.close()
    return null
  } catch (error) {
    return unbuildable(error)
  }
}

type TypedModel = Omit<ModelSettings, 'allowPrivate'>
const modelFields = { baseUrl: httpUrl, model: modelName, apiKey: headerValue } as const satisfies Record<
  keyof TypedModel,
  z.ZodType
>

/** The model of the brand, or of the environment where that names one. */
export function fitModel(
  saved: ModelSettings,
  given: { brand: Pick<Brand, 'currency'>; environment: AiSettings; elapsed: Elapsed; reach: ReachParts },
): Fitted<Model | null> {
  const faults: SettingFault[] = []
  const usable = (name: keyof TypedModel): string | null => {
    const value = saved[name]
    if (value === null) return null
    const parsed = modelFields[name].safeParse(value)
    if (parsed.success) return parsed.data
    faults.push(
      ...faultsOf('ai', parsed.error)
        .map((fault) => ({ ...fault, field: name }))
        .slice(0, 1),
    )
    return null
  }
  const read = {
    baseUrl: usable('baseUrl'),
    model: usable('model'),
    apiKey: usable('apiKey'),
    allowPrivate: saved.allowPrivate,
  }
  // Half of what was meant must not ask somebody else: a key for one address says nothing to another.
  if (faults.length > 0 && given.environment.model === undefined) return { made: null, faults }
  try {
    const settings = pricedFor(given.brand, aiSettingsOf(read, given.environment))
    return { made: openModel(settings, given.elapsed, given.reach), faults }
  } catch (error) {
    return { made: null, faults: [...faults, { setting: 'ai', field: '', detail: unbuildable(error) }] }
  }
}

/** Tries settings before they are saved, by building what they are for and a request of it; nothing is sent. */
export function trialOf(deps: ChannelDeps, environment: AiSettings, elapsed: Elapsed): SettingTrial {
  return {
    async channel(id, fields) {
      const [fault] = fitChannels({ [id]: fields }, deps).faults
      return fault ?? null
    },
    async model(settings, brand) {
      const { made, faults } = fitModel(settings, { brand, environment, elapsed, reach: deps })
      void made?.polisher.close()
      const [fault] = faults
      if (fault !== undefined) return fault
      const error = await triedModel(aiSettingsOf(settings, environment))
      return error === null ? null : { setting: 'ai', field: '', detail: unbuildable(error) }
    },
  }
}
