import type { Gate, GateAnswer } from '../message/gates.ts'
import type { DecideInput, Decision, WaitCause } from './type.ts'

/** The gates that are open again later. */
type LaterGate = Extract<Gate, 'quiet_hours' | 'cap'>

/** What a message does at them: how long at most it waits for each from its arrival (ms); null: it leaves by not_sent. */
export type Patience = Readonly<Record<LaterGate, number | null>>

const isLater = (gate: Gate, patience: Patience): gate is LaterGate => Object.hasOwn(patience, gate)

/** Until when a message waits at a gate that is closed for now; null where it does not, or would in vain. */
export function waitsUntil(
  answer: Extract<GateAnswer, { pass: false }>,
  patience: Patience,
  arrivedAt: number,
): number | null {
  const { gate, until } = answer
  if (until === null || !isLater(gate, patience)) return null
  const most = patience[gate]
  return most !== null && until <= arrivedAt + most ? until : null
}

/** Waits until a gate is open again, where its message does (rule 12). */
export function deferred(
  answer: Extract<GateAnswer, { pass: false }>,
  patience: Patience,
  { enrollment }: DecideInput,
): Decision | null {
  const until = waitsUntil(answer, patience, enrollment.arrivedAt)
  if (until === null || !isLater(answer.gate, patience)) return null
  // Whoever waits for a model's reply goes on doing so, so that it is not asked again in the morning.
  const cause: WaitCause = enrollment.wait?.cause === 'reply' ? 'reply' : answer.gate
  return {
    kind: 'wait',
    wait: { until, event: null, cause },
    reason: { code: 'deferred', gate: answer.gate, until },
  }
}

/** For which gate a message has waited before it left; null where for none. */
export function waitedFor({ enrollment }: DecideInput): LaterGate | null {
  const cause = enrollment.wait?.cause ?? null
  return cause === 'quiet_hours' || cause === 'cap' ? cause : null
}
