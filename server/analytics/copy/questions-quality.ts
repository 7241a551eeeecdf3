import type { QualityFinding, QualityLooked } from '../../../shared/api/quality.ts'
import { qualityChecks } from '../../../shared/api/quality.ts'
import type { AnswerTo, AskedOf } from '../../ports/base.ts'
import { type Found, numberOf } from './found.ts'
import { ofCustomers } from './quality-customers.ts'
import { ofEvents } from './quality-events.ts'
import { looked } from './quality-look.ts'
import { ofProperties } from './quality-properties.ts'

const weights = { fault: 0, doubt: 1, note: 2 } as const

/** Faults first, and of each weight what most are concerned by. */
function inOrder(findings: readonly QualityFinding[]): QualityFinding[] {
  return [...findings].sort(
    (a, b) =>
      weights[qualityChecks[a.check].weight] - weights[qualityChecks[b.check].weight] || b.count - a.count,
  )
}

/** Looks through the whole base for what does not look right. */
export async function quality(found: Found, asked: AskedOf<'quality'>): Promise<AnswerTo<'quality'>> {
  const [counted] = await found.rows('select (select count(*) from customers), (select count(*) from events)')
  const [customers, events] = [numberOf(counted?.[0]), numberOf(counted?.[1])]
  const findings = [
    ...(await looked(found, await ofCustomers(found, asked, customers))),
    ...(await looked(found, await ofEvents(found, asked))),
    ...(await looked(found, await ofProperties(found, events))),
  ]
  return { customers, events, findings: inOrder(findings) } satisfies QualityLooked
}
