import type { Brand } from '../../shared/journey/brand.ts'
import type { AiSettings } from '../ai/settings.ts'
import { allowsPrivate, type ModelSettings } from '../ports/settings.ts'

/** The prices of a model where they are in the brand's currency; of another nothing can be added up. */
export function pricedFor(brand: Pick<Brand, 'currency'>, settings: AiSettings): AiSettings {
  const { priceCurrency = 'CNY' } = settings
  if (priceCurrency === brand.currency) return settings
  return { ...settings, pricePerMillionInputMilli: undefined, pricePerMillionOutputMilli: undefined }
}

/** The model's settings: the environment's where it names a model, else the brand's own. */
export function aiSettingsOf(saved: ModelSettings, environment: AiSettings): AiSettings {
  // Whoever sets the environment stands above the brand's settings, and has named this one address.
  if (environment.model !== undefined) return { ...environment, allowPrivate: true }
  return {
    ...environment,
    ...(saved.baseUrl === null ? {} : { baseUrl: saved.baseUrl }),
    ...(saved.model === null ? {} : { model: saved.model }),
    ...(saved.apiKey === null ? {} : { apiKey: saved.apiKey }),
    allowPrivate: allowsPrivate(saved),
  }
}
