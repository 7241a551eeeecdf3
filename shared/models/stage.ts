import type { LocalText } from '../text.ts'
import { type Counted, quantileIn } from './quintiles.ts'
import type { Standing } from './standing.ts'

/** Where a customer stands between being known, the first purchase and being lost. */
export const stages = {
  prospect: { 'zh-CN': '潜在客户', en: 'Prospect' },
  new: { 'zh-CN': '新客', en: 'New' },
  active: { 'zh-CN': '活跃', en: 'Active' },
  cooling: { 'zh-CN': '转冷', en: 'Cooling' },
  asleep: { 'zh-CN': '沉睡', en: 'Asleep' },
  lost: { 'zh-CN': '流失', en: 'Lost' },
} as const satisfies Record<string, LocalText>
export type Stage = keyof typeof stages

/** The usual time between two purchases is taken to be no shorter and no longer than this, in days. */
export const rhythmBounds = { least: 14, most: 365, unknown: 90 } as const

/** The usual time between two purchases of a brand: that within which three of four follow, in days. */
export function rhythmOf(gaps: readonly Counted[]): number {
  const usual = quantileIn(gaps, 0.75)
  if (usual === null) return rhythmBounds.unknown
  return Math.min(rhythmBounds.most, Math.max(rhythmBounds.least, Math.round(usual)))
}

/** Stages by how many usual times have passed since the last purchase, each up to its bound. */
const upTo = [
  [1, 'active'],
  [2, 'cooling'],
  [4, 'asleep'],
] as const satisfies readonly (readonly [number, Stage])[]

/** A customer of one purchase is new as long as the next is not due. */
export function stageOf(
  { days, last }: Pick<Standing, 'days' | 'last'>,
  until: number,
  rhythm: number,
): Stage {
  const passed = (until - last) / rhythm
  const [, stage] = upTo.find(([bound]) => passed <= bound) ?? [0, 'lost' as const]
  return stage === 'active' && days === 1 ? 'new' : stage
}
