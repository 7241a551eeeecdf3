import type { LocalText } from '../text.ts'
import { isOwnerName, ownerNames } from './owner.ts'

/** What a customer has by the ledger of points: an attribute that nobody writes, absent where no line tells of them. */
export const balanceName = 'points_balance'

/** Names of attributes that are laid over those that came in: who has a customer, and what the ledger says. */
export const laidNames = {
  ...ownerNames,
  [balanceName]: { 'zh-CN': '积分余额', en: 'points (ledger)' },
} as const satisfies Record<string, LocalText>
export type LaidName = keyof typeof laidNames

export const isLaidName = (name: string): name is LaidName => name === balanceName || isOwnerName(name)

interface Attributed {
  readonly attributes: Readonly<Record<string, string | number | boolean>>
}

/** A customer by whose points so many are added that no line tells of yet. */
export function withPoints<T extends Attributed>(customer: T, change: number): T {
  if (change === 0) return customer
  const { attributes } = customer
  return { ...customer, attributes: { ...attributes, [balanceName]: balanceOf(customer) + change } }
}

/** So many points somebody has; none where no line tells of them. */
export function balanceOf({ attributes }: Attributed): number {
  const balance = attributes[balanceName]
  return typeof balance === 'number' ? balance : 0
}
