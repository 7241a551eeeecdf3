import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'
import { pointEvents } from './events.ts'

/** What a line of the ledger is, with the event that tells of it. */
export const lineKinds = {
  earned: { words: { 'zh-CN': '获得', en: 'earned' }, event: pointEvents.earned },
  spent: { words: { 'zh-CN': '使用', en: 'spent' }, event: pointEvents.spent },
  expired: { words: { 'zh-CN': '过期', en: 'expired' }, event: pointEvents.expired },
  adjusted: { words: { 'zh-CN': '调整', en: 'adjusted' }, event: pointEvents.adjusted },
} as const satisfies Record<string, { readonly words: LocalText; readonly event: string }>
export type LineKind = keyof typeof lineKinds

export const isLineKind = (kind: string): kind is LineKind => Object.hasOwn(lineKinds, kind)

/** Who brings lines about. */
export const lineSources = {
  api: { 'zh-CN': '接口', en: 'API' },
  journey: { 'zh-CN': '旅程', en: 'journey' },
  person: { 'zh-CN': '人工', en: 'by hand' },
  time: { 'zh-CN': '到期', en: 'time' },
} as const satisfies Record<string, LocalText>
export type LineSource = keyof typeof lineSources

export const isLineSource = (source: string): source is LineSource => Object.hasOwn(lineSources, source)

/** What one line may add or take. */
export const mostPoints = limits.linePoints.value
