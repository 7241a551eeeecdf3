import { z } from 'zod'
import { limits } from './limits.ts'

/** The languages of the interface, the first being the default. */
export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** A short text in both languages; every text of the product itself has both. */
export interface LocalText {
  'zh-CN': string
  en: string
}

/** A text that a marketer wrote: in one language at least. */
export const writtenText = z
  .strictObject({
    'zh-CN': z.string().max(limits.textLength.value).optional(),
    en: z.string().max(limits.textLength.value).optional(),
  })
  .refine((text) => text['zh-CN'] !== undefined || text.en !== undefined, {
    message: 'a text in at least one language (zh-CN or en)',
  })
export type WrittenText = z.infer<typeof writtenText>

/** The text in the wanted language, else in the other one. */
export function say(text: WrittenText, locale: Locale): string {
  const other = locale === 'en' ? 'zh-CN' : 'en'
  return text[locale] || text[other] || ''
}
