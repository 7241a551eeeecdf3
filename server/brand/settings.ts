import { z } from 'zod'
import type { AiSettings } from '../ai/settings.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { readMeta, settingsKeys } from '../store/sqlite/settings/meta.ts'

/** The model's settings as they are saved from the settings page. */
const savedAi = z.strictObject({
  baseUrl: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  apiKey: z.string().nullable().default(null),
})

/** The model's settings: the environment's where it names a model, else the brand's own. */
export function aiSettingsOf(db: BrandDatabase, environment: AiSettings): AiSettings {
  if (environment.model !== undefined) return environment
  const saved = savedAi.parse(readMeta(db, settingsKeys.ai) ?? {})
  return {
    ...environment,
    ...(saved.baseUrl === null ? {} : { baseUrl: saved.baseUrl }),
    ...(saved.model === null ? {} : { model: saved.model }),
    ...(saved.apiKey === null ? {} : { apiKey: saved.apiKey }),
  }
}
