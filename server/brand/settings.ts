import type { AiSettings } from '../ai/settings.ts'
import type { ModelSettings } from '../ports/settings.ts'

/** The model's settings: the environment's where it names a model, else the brand's own. */
export function aiSettingsOf(saved: ModelSettings, environment: AiSettings): AiSettings {
  if (environment.model !== undefined) return environment
  return {
    ...environment,
    ...(saved.baseUrl === null ? {} : { baseUrl: saved.baseUrl }),
    ...(saved.model === null ? {} : { model: saved.model }),
    ...(saved.apiKey === null ? {} : { apiKey: saved.apiKey }),
  }
}
