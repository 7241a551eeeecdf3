import { audienceAt } from './audience-at.ts'
import { branch } from './branch.ts'
import { coupon } from './coupon.ts'
import { customerDate } from './customer-date.ts'
import { decision } from './decision.ts'
import { event } from './event.ts'
import { exit } from './exit.ts'
import { fromJourney } from './from-journey.ts'
import { goal } from './goal.ts'
import { manual } from './manual.ts'
import { points } from './points.ts'
import { saveAudience } from './save-audience.ts'
import { send } from './send.ts'
import { split } from './split.ts'
import { tag } from './tag.ts'
import { task } from './task.ts'
import { type Registry, registryOf } from './type.ts'
import { wait } from './wait.ts'
import { waitEvent } from './wait-event.ts'
import { webhookCall } from './webhook-call.ts'

/** Every node type, in the palette's order. */
export const nodeTypes = {
  audience_at: audienceAt,
  customer_date: customerDate,
  event,
  manual,
  from_journey: fromJourney,
  wait,
  wait_event: waitEvent,
  branch,
  split,
  decision,
  task,
  send,
  coupon,
  tag,
  points,
  webhook_call: webhookCall,
  save_audience: saveAudience,
  goal,
  exit,
}

export type NodeTypeName = keyof typeof nodeTypes

export const registry: Registry = registryOf(Object.values(nodeTypes))
