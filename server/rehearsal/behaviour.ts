import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { orderEvent, refundEvent, refundedOrder } from '../../shared/conditions/purchases.ts'
import { unit } from '../../shared/stats/hash.ts'

const dayMs = 86_400_000

/** What somebody did in a stretch of the past. */
export interface Past {
  /** When it began, and the moment of the rehearsal that stands for that. */
  readonly at: number
  readonly as: number
  /** By time, none before `at`. */
  readonly events: readonly CustomerEvent[]
}

/** An entry, from which on somebody does this and that without being asked. */
export interface Begin {
  readonly customerId: string
  readonly trigger: string
  readonly at: number
  /** Nothing later is asked for. */
  readonly until: number
}

/** Whose past stands for somebody's future; one begin and draw find the same always. */
export type Model = (begin: Begin, draw: number) => readonly Past[]

/** What customers do without a message that brings them to it. */
export interface Behaviour {
  readonly model: Model
  /** How often orders come, compared with what the model did. */
  readonly factor: number
  /** The chance a day of an order where no model made any. */
  readonly flat: number
  /** An order's value by a chance from 0 to 1. */
  readonly amount: (chance: number) => number
}

/** A rate set by hand may ask for many times what the past had, but not for a crowd in one person. */
const mostDraws = 50

function again(event: CustomerEvent, at: number, prefix: string): CustomerEvent {
  const { seq: _seq, ...recorded } = event
  const id = `${prefix}${event.id}`
  const of = event.name === refundEvent ? refundedOrder(event.properties) : null
  const properties = of === null ? event.properties : { ...event.properties, order_id: `${prefix}${of}` }
  return { ...recorded, id, at, properties }
}

/** Orders and what is given back for them come or stay away together. */
const orderOf = ({ name, id, properties }: CustomerEvent) =>
  name === orderEvent ? id : name === refundEvent ? (refundedOrder(properties) ?? id) : null

function modelled({ model, factor }: Behaviour, begin: Begin): CustomerEvent[] {
  const { customerId, until } = begin
  const events: CustomerEvent[] = []
  const draws = Math.min(mostDraws, Math.max(1, Math.ceil(factor)))
  for (let draw = 0; draw < draws; draw += 1) {
    const prefix = `rehearsed:${customerId}:${draw}:`
    for (const past of model(begin, draw))
      for (const event of past.events) {
        const at = event.at - past.at + past.as
        if (at <= begin.at || at > until) continue
        const order = orderOf(event)
        // Where all come, none is drawn.
        const chance = factor - draw
        if (order === null ? draw > 0 : chance < 1 && unit(prefix, order) >= chance) continue
        events.push(again(event, at, prefix))
      }
  }
  return events
}

/** Orders at a chance a day that no model has. */
function flatly({ flat, amount }: Behaviour, { customerId, trigger, at, until }: Begin): CustomerEvent[] {
  const events: CustomerEvent[] = []
  if (flat === 0) return events
  for (let day = 0; at + day * dayMs <= until; day += 1) {
    const key = ['flat', customerId, trigger, day] as const
    const then = at + 1 + Math.floor((day + unit(...key, 'when')) * dayMs)
    if (unit(...key) >= flat || then > until) continue
    events.push({
      id: `rehearsed:${customerId}:${trigger}:day-${day}`,
      name: orderEvent,
      at: then,
      amount: amount(unit(...key, 'amount')),
      properties: {},
    })
  }
  return events
}

/** What somebody does from an entry on without being asked, by time. */
export function behave(behaviour: Behaviour, begin: Begin): CustomerEvent[] {
  return [...modelled(behaviour, begin), ...flatly(behaviour, begin)].sort((a, b) => a.at - b.at)
}
