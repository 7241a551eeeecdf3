import type Database from 'better-sqlite3'
import type { EffectOf } from '../../../../shared/effects/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import type { PlacedEffect } from '../../../ports/engine.ts'
import { pointBook } from './book.ts'

type Whose = Pick<Enrollment, 'id' | 'journeyId' | 'customerId'>
type Place = Pick<PlacedEffect, 'node' | 'visit' | 'at'>

/** The customer has spent them meanwhile: the step is to be taken anew. */
export class PointsGone extends Error {
  constructor(customerId: string) {
    super(`the points of ${customerId} have been spent elsewhere meanwhile`)
  }
}

/**
 * Writes a node's line, within the transaction that saves the step: a line of the ledger and its event, known by the
 * visit, or nothing. Throws PointsGone.
 */
export function pointGiver(
  sqlite: Database.Database,
): (whose: Whose, place: Place, effect: EffectOf<'points'>) => void {
  const book = pointBook(sqlite)
  return ({ id, journeyId, customerId }, { node, visit, at }, { amount, reason, expiresAt, dueAt }) => {
    try {
      book.write({
        ...{
          customerId,
          key: `journey:${id}:${node}:${visit}`,
          at,
          amount,
          reason,
          expiresAt,
          dueAt,
        },
        ...{
          kind: amount > 0 ? 'earned' : 'spent',
          source: 'journey',
          reference: `${journeyId} ${node}`,
          lot: null,
        },
        properties: { journey_id: journeyId, node },
      })
    } catch (error) {
      if (error instanceof Problem && error.code === 'points-insufficient') throw new PointsGone(customerId)
      throw error
    }
  }
}
