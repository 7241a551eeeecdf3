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

const textUpTo = (most: number) =>
  z
    .strictObject({ 'zh-CN': z.string().max(most).optional(), en: z.string().max(most).optional() })
    .refine((text) => text['zh-CN'] !== undefined || text.en !== undefined, {
      message: 'a text in at least one language (zh-CN or en)',
    })

/** A text that a marketer wrote: in one language at least. */
export const writtenText = textUpTo(limits.textLength.value)
export type WrittenText = z.infer<typeof writtenText>

/** A name that is given now, short enough for a card and a list; those of earlier releases are read as they are. */
export const newName = textUpTo(limits.titleLength.value)

/** The text in the wanted language, else in the other one. */
export function say(text: WrittenText, locale: Locale): string {
  const other = locale === 'en' ? 'zh-CN' : 'en'
  return text[locale] || text[other] || ''
}

/** Whether nothing is written, in any language. */
export const isBlank = (text: WrittenText): boolean => !Object.values(text).some((one) => one?.trim())
