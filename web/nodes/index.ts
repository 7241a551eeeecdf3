import type { NodeTypeName } from '../../shared/nodes/index.ts'
import { audienceAt } from './audience-at.tsx'
import { branch } from './branch.tsx'
import type { AnyCard, NodeCard } from './card.ts'
import { coupon } from './coupon.tsx'
import { customerDate } from './customer-date.tsx'
import { decision } from './decision.tsx'
import { event } from './event.tsx'
import { exit } from './exit.tsx'
import { fromJourney } from './from-journey.tsx'
import { goal } from './goal.tsx'
import { manual } from './manual.tsx'
import { points } from './points.tsx'
import { saveAudience } from './save-audience.tsx'
import { send } from './send.tsx'
import { split } from './split.tsx'
import { tag } from './tag.tsx'
import { task } from './task.tsx'
import { wait } from './wait.tsx'
import { waitEvent } from './wait-event.tsx'
import { webhookCall } from './webhook-call.tsx'

export { type Editor, EditorContext, useCouponName, useEditor, useJourneyName } from '../conditions/editor.ts'
export {
  ConditionContext,
  type ConditionServices,
  EventFilterEditor,
  useConditionServices,
} from '../conditions/index.ts'
export { useAudienceCount } from '../conditions/useAudienceCount.ts'
export { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
export { NumberInput } from '../ui/fields/inputs.tsx'
export { type FieldProblem, FieldProblemsContext } from '../ui/fields/problems.ts'
export { Bound } from './Bound.tsx'
export { type AnyCard, asStored, type Figure, fieldName } from './card.ts'
export { type DraftConfig, readDraft } from './draft.ts'
export { sayVariable, variableNames } from './send/variables.ts'

/** One card for each node type; a type without one does not compile. */
export const cards = {
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
  save_audience: saveAudience,
  webhook_call: webhookCall,
  goal,
  exit,
} satisfies { [K in NodeTypeName]: NodeCard<K> }

/** Cards by the name of their type; a value, so that a test or an extension can add one. */
export type Cards = ReadonlyMap<string, AnyCard>

export const allCards: Cards = new Map(Object.entries(cards).map(([type, card]) => [type, card.erased]))
