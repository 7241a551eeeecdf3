import type { Plan } from '../../shared/compile/plan.ts'
import { type LoadedFacts, noFacts } from '../../shared/run/facts.ts'
import { fatedLanding } from '../../shared/run/move.ts'
import { askAnew, reword } from '../../shared/run/reword.ts'
import { isReadable, type StoredEnrollment } from '../ports/engine.ts'
import type { AskedAnew, OpenMove, OpenQuestion, Reworded, WaitingMessage } from '../ports/moves.ts'
import { contextOf, planOrNull, type Runtime } from './runtime.ts'

/** In which version's words something is said anew. */
type Speaker = (version: number, stored: StoredEnrollment) => Promise<Plan | null>

/**
 * What moves is said in the words of the version that it moves to, all else in its own version's with the values of
 * now; null where it stands as it is: of who finishes, and of a version that cannot be read.
 */
function speakerOf(runtime: Runtime, move: OpenMove): Speaker {
  const { journeyId, toVersion, fates, mapping, byNode } = move
  return async (version, { enrollment }) => {
    const fate = fates[version]
    if (fate === undefined) return planOrNull(runtime, journeyId, version)
    const to = await runtime.planFor(journeyId, toVersion)
    const { state } = enrollment
    const stays = Object.hasOwn(byNode, state) && enrollment.version === version
    const landing = stays ? fatedLanding(null, to, state, { fate, mapping, byNode }) : null
    return landing?.kind === 'finishes' ? null : to
  }
}

/**
 * Says one batch of what waits to be said in the words that hold now: messages in the outbox, and questions that
 * nobody has answered. What cannot be said any more is held, with its reason. Returns how much there was to do.
 */
export async function rewordBatch(runtime: Runtime, move: OpenMove, now: number): Promise<number> {
  const { store, batchSize } = runtime
  const { messages, questions, more } = await store.toReword(move, batchSize)
  const ids = [...messages, ...questions].map(({ stored }) => stored.enrollment.customerId)
  const customers = await store.customers([...new Set(ids)])
  const context = contextOf(runtime, now)
  const planIn = speakerOf(runtime, move)
  const factsOf = ({ enrollment }: StoredEnrollment): LoadedFacts | null => {
    const customer = customers.get(enrollment.customerId)
    if (customer === undefined || !isReadable(customer)) return null
    return { ...noFacts, customer }
  }
  /** Rule 26: one that cannot be said holds back no other. */
  const saying = <T>(what: WaitingMessage | OpenQuestion, say: () => T): T | null => {
    try {
      return say()
    } catch (error) {
      const { enrollment } = what.stored
      const where = { journey: move.journeyId, enrollment: enrollment.id, node: what.node }
      runtime.log.error({ ...where, error: String(error) }, 'a message cannot be said')
      return null
    }
  }
  const said: Reworded[] = []
  for (const message of messages) {
    const { version, stored } = message
    const plan = await planIn(version, stored)
    if (plan === null) continue
    const facts = factsOf(stored)
    const unsaid: Reworded['to'] = { gate: 'render' }
    const sayAnew = () => (facts === null ? unsaid : reword(plan, message, stored.enrollment, facts, context))
    const wording = saying(message, () => ({ to: sayAnew() }))
    const to = wording === null ? unsaid : wording.to
    if (to !== null) said.push({ message, version: plan.version, to })
  }
  const asked: AskedAnew[] = []
  for (const question of questions) {
    const { enrollment } = question.stored
    const plan = await planOrNull(runtime, move.journeyId, enrollment.version)
    const facts = factsOf(question.stored)
    if (plan === null || facts === null) continue
    const request = saying(question, () => askAnew(plan, question.node, enrollment, facts, context))
    if (request !== null) asked.push({ question, request })
  }
  await store.reword(move, { messages: said, questions: asked, now }, !more)
  return messages.length + questions.length + 1
}
