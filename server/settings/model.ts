import type { z } from 'zod'
import type { aiSettingsAnswer, aiSettingsSave, aiTest } from '../../shared/api/settings.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { modelOrigin } from '../../shared/channels/origin.ts'
import { Problem } from '../../shared/errors/index.ts'
import { allowsPrivate } from '../ports/settings.ts'
import type { SettingsDesk } from './desk.ts'
import { requireUsable } from './faults.ts'

/** The model's settings in the environment; where they name a model, the brand's own do not count. */
export interface GivenModel {
  readonly baseUrl?: string | undefined
  readonly apiKey?: string | undefined
  readonly model?: string | undefined
}

type Answer = z.output<typeof aiSettingsAnswer>

/** The model that polishes messages; its key is never told. */
export async function readModel(desk: SettingsDesk, given: GivenModel): Promise<Answer> {
  if (given.model !== undefined)
    return {
      baseUrl: given.baseUrl ?? null,
      model: given.model,
      keySet: given.apiKey !== undefined,
      fromEnvironment: true,
    }
  const found = await desk.stores.settings.model()
  const { baseUrl, model, apiKey } = found
  const key = (await desk.stores.settings.secrets()).get('ai.apiKey')
  return {
    baseUrl,
    model,
    ...(baseUrl !== null && { allowPrivate: allowsPrivate(found) }),
    keySet: apiKey !== null,
    ...(key !== undefined && { key }),
    fromEnvironment: false,
  }
}

/**
 * Chooses the model; what is left out (key, `allowPrivate`) stays with its address, and is dropped with it. Problems `set-by-environment`,
 * `setting-unusable`.
 */
export async function chooseModel(
  desk: SettingsDesk,
  actor: Actor,
  { given, ...settings }: z.output<typeof aiSettingsSave> & { readonly given: GivenModel },
): Promise<Answer> {
  if (given.model !== undefined) throw new Problem('set-by-environment', { setting: 'AI_MODEL' }, 'model')
  const { baseUrl, model } = settings
  const before = await desk.stores.settings.model()
  const same = modelOrigin(before.baseUrl) === modelOrigin(baseUrl)
  const kept = settings.apiKey === undefined ? (same ? before.apiKey : null) : settings.apiKey
  const allowPrivate = settings.allowPrivate ?? (same && allowsPrivate(before))
  requireUsable(await desk.settingTrial.model({ baseUrl, model, apiKey: kept, allowPrivate }, desk.brand()))
  await desk.stores.settings.saveModel(desk.act(actor), { ...settings, allowPrivate })
  await desk.reconfigure('model')
  return readModel(desk, given)
}

/** Asks the model for one word. Problem `ai-no-key`. */
export async function testModel(desk: SettingsDesk): Promise<z.output<typeof aiTest>> {
  const polisher = desk.polisher()
  if (polisher === null) throw new Problem('ai-no-key', { detail: 'AI_MODEL' })
  return polisher.verify()
}
