import type { Condition } from '../conditions/schema.ts'
import type { AudienceExit } from './graph.ts'

/** What a rule by an audience is watched under begins so: no node can be called thus. */
export const exitMark = 'exit:'

export const exitKey = ({ on, audience }: AudienceExit): string => `${exitMark}${on}:${audience}`

/** The rule that is watched under a name; null where it is a trigger's. */
export function exitOf(key: string): AudienceExit | null {
  if (!key.startsWith(exitMark)) return null
  const [on = '', ...audience] = key.slice(exitMark.length).split(':')
  return on === 'leave' || on === 'join' ? { on, audience: audience.join(':') } : null
}

/** The audience of a rule as a condition. */
export const conditionOf = ({ audience }: AudienceExit): Condition => ({
  ...{ kind: 'audience', audience, member: true },
})
