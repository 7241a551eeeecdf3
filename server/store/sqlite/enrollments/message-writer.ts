import type Database from 'better-sqlite3'
import type { EffectOf } from '../../../../shared/effects/index.ts'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import type { PlacedEffect } from '../../../ports/engine.ts'
import { sayer } from '../links/write.ts'
import { heldRestored } from '../lives/restored.ts'
import type { numberer } from '../lives/suspects.ts'
import { turnWriter } from '../messages/turns-next.ts'
import { RowWriter } from '../row-writer.ts'
import { shardOf } from './shard.ts'

/** What messages are written with. */
export function outboxRun(sqlite: Database.Database) {
  return {
    // "Or fail": a conflict takes the whole transaction back, so SQLite need not be ready to take back the statement.
    messages: new RowWriter(
      sqlite,
      `insert or fail into messages (id, shard, enrollment_id, node, visit, journey_id, version, customer_id, channel,
         recipient, subject, body, format, purpose, status, due_at, error, created_at, parts, cost_milli, coupon, model,
         life, attachments, way, template, turn, passed)`,
      28,
    ),
    said: sayer(sqlite),
    turns: turnWriter(sqlite),
  }
}

interface MessageRun extends ReturnType<typeof outboxRun> {
  readonly figure: Pick<Database.Statement, 'run'>
  readonly life: string
  readonly numbers: ReturnType<typeof numberer>
}

/** One message into the outbox, and what follows should it not reach. */
export function writeMessage(
  run: MessageRun,
  { id, journeyId, version, customerId }: Pick<Enrollment, 'id' | 'journeyId' | 'version' | 'customerId'>,
  { node, visit, at }: Omit<PlacedEffect, 'effect'>,
  effect: EffectOf<'send'>,
  suspect: boolean,
): void {
  if (suspect) run.figure.run(journeyId, version, node, 'message:held:restored', 1)
  const { turn = 0, until = null, passed = [] } = effect.chain ?? {}
  const said = run.said({ enrollmentId: id, node, visit, turn, customerId, at }, effect)
  run.messages.add(
    run.numbers.next(),
    shardOf(customerId),
    id,
    node,
    visit,
    journeyId,
    version,
    customerId,
    effect.channel,
    effect.to,
    effect.subject,
    said.body,
    effect.format,
    effect.purpose,
    suspect ? 'held' : 'queued',
    suspect ? null : at,
    suspect ? heldRestored : null,
    at,
    effect.parts,
    effect.costMilli,
    effect.coupon,
    effect.model,
    run.life,
    said.attachments,
    effect.way ?? null,
    said.template,
    turn,
    passed.length === 0 ? null : JSON.stringify(passed),
  )
  // What another life of the data may have sent is nobody's to follow.
  if (until !== null && !suspect) run.turns.follow({ enrollmentId: id, node, visit, turn }, journeyId, until)
}
