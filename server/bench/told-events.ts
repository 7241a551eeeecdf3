import { ordinary, starting } from './events-journeys.ts'
import { memberId } from './world.ts'

/** An event as a shop tells it. */
export interface ToldEvent {
  readonly id: string
  readonly customerId: string
  readonly name: string
  readonly at: string
  readonly amount?: number
  readonly properties: Readonly<Record<string, string | number>>
}

/** Of so many events one lets somebody in, where a journey only listens. */
const listensTo = 100

function toldAt(index: number, members: number, name: string, at: number): ToldEvent {
  return {
    id: `e-${index}`,
    customerId: memberId(index % members),
    name,
    at: new Date(at).toISOString(),
    ...(name === starting ? { amount: 19_900 + (index % 100) * 100 } : {}),
    properties: {
      page: `/products/${index % 500}`,
      device: index % 3 === 0 ? 'desktop' : 'phone',
      referrer: 'newsletter',
      seconds: index % 120,
    },
  }
}

/** Events `from` up to `to`, one member after the other, told at a moment just past. */
export function toldEvents(
  range: { readonly from: number; readonly to: number },
  members: number,
  kind: 'listening' | 'starting',
  at: number,
): ToldEvent[] {
  return Array.from({ length: range.to - range.from }, (_, place) => {
    const index = range.from + place
    const starts = kind === 'starting' || index % listensTo === 0
    return toldAt(index, members, starts ? starting : ordinary, at)
  })
}
