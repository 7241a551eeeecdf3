import type { ModelList } from '../../shared/api/models.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import type { ModelStore } from '../ports/models.ts'

/** Fitting and scoring as it goes on beside the server. */
export interface Scoring {
  /** How far it is; null where none is under way. */
  running(): ModelList['running']
  /** Why the last one did not come to its end; null where it did. */
  failed(): LocalText | null
  /** Begins one. Problems `scoring-running`, `work-busy`. */
  begin(actor: Actor): void
  /** The same after orders came in bulk, where there are scores to renew; nothing where one is under way. */
  renew(actor: Actor): Promise<void>
}

export interface ModelDesk extends Desk {
  readonly scoring: Scoring
}

interface ModelNews {
  readonly stores: { readonly models: Pick<ModelStore, 'lastRun' | 'waiting'> }
  readonly scoring: Pick<Scoring, 'running' | 'failed'>
}

/** What the models said of themselves when they were fitted last, and how far what goes on is. */
export async function listModels({ stores, scoring }: ModelNews): Promise<ModelList> {
  const [last, waiting] = await Promise.all([stores.models.lastRun(), stores.models.waiting()])
  return { last, running: scoring.running(), waiting, failed: scoring.failed() }
}

/** Has all models fitted anew and everybody scored; it goes on by itself. Problems `scoring-running`, `work-busy`. */
export async function fitModels(desk: ModelDesk, actor: Actor): Promise<void> {
  if (desk.scoring.running() !== null) throw new Problem('scoring-running')
  await desk.stores.models.noteAsked(desk.act(actor))
  desk.scoring.begin(actor)
}

/**
 * Names a group. Its customers have the name once they are scored anew, which begins now. Problems `group-unknown`,
 * `group-name-taken`, `scoring-running`, `work-busy`.
 */
export async function nameGroup(
  desk: ModelDesk,
  actor: Actor,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  if (desk.scoring.running() !== null) throw new Problem('scoring-running')
  await desk.stores.models.nameGroup(desk.act(actor), id, name)
  desk.scoring.begin(actor)
}
