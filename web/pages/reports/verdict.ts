import type { ReportAnswer } from '../../../shared/api/messages.ts'

export type Goal = ReportAnswer['goals'][number]
export type VerdictKind = 'up' | 'down' | 'unsure' | 'alone' | 'waiting'

/** What a goal's figures allow to be said. */
export interface Verdict {
  readonly kind: VerdictKind
  /** Conversions beyond what the control group's rate foretells, and their value in minor units. */
  readonly extra: { readonly count: number; readonly value: number } | null
}

/**
 * Reads a goal: sure only where the whole 95% interval lies on one side of zero. What the journey added is
 * the difference of the rates times those who got messages, its value the difference of the value per
 * member times them.
 */
export function verdictOf({ treated, control, uplift }: Goal): Verdict {
  if (treated.members === 0) return { kind: 'waiting', extra: null }
  if (uplift === null || control.members === 0) return { kind: 'alone', extra: null }
  if (uplift.high < 0) return { kind: 'down', extra: null }
  if (uplift.low <= 0) return { kind: 'unsure', extra: null }
  const perMember = treated.value / treated.members - control.value / control.members
  const extra = {
    count: Math.round(uplift.difference * treated.members),
    value: Math.max(0, Math.round(perMember * treated.members)),
  }
  return { kind: 'up', extra }
}

/** A difference of rates in percentage points: 0.0268 is 2.7; a sign only where it is asked for. */
export function points(difference: number, signed = false): string {
  const value = Math.round(difference * 1000) / 10
  const text = Math.abs(value).toFixed(1)
  if (!signed) return value < 0 ? `−${text}` : text
  return value < 0 ? `−${text}` : `+${text}`
}

/** Where the interval, its middle and zero lie on a ruler from 0 to 1 that holds them all with some room. */
export function ruler({ difference, low, high }: { difference: number; low: number; high: number }) {
  const from = Math.min(low, 0)
  const to = Math.max(high, 0)
  const room = (to - from || 0.01) * 0.08
  const at = (value: number) => (value - from + room) / (to - from + 2 * room || 1)
  return { low: at(low), high: at(high), middle: at(difference), zero: at(0) }
}
