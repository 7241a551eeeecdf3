import type { LocalText } from '../../../shared/text.ts'

/** The demo brand. The signature is written without its brackets. */
export const demoBrand: { name: LocalText; signature: string } = {
  name: { 'zh-CN': '鹊桥礼物', en: 'Magpie Gifts' },
  signature: '鹊桥礼物',
}

/** The seed of the brand that ships; any other makes another brand of the same kind. */
export const demoSeed = 20270808

/** 2027-07-24 18:00 in Shanghai: the evening before T-14 of Qixi 2027-08-08. */
export const demoClockStart = Date.UTC(2027, 6, 24, 10)

/** 2024-07-24 00:00 in Shanghai: three years before, with Qixi 2024 and the 14 days before it inside. */
export const demoHistoryFrom = Date.UTC(2024, 6, 23, 16)

/** 2028-09-26 00:00 in Shanghai: past the 30 days after Qixi 2028-08-26. */
export const demoFutureUntil = Date.UTC(2028, 8, 25, 16)
