import {
  journeyAnswer,
  meanwhileAnswer,
  publishAnswer,
  statusAnswer,
  versionList,
} from '../../../shared/api/journeys.ts'
import { type FlightAnswer, flightAnswer } from '../../../shared/api/versions.ts'
import type { Fate, Fated } from '../../../shared/run/move.ts'
import { api } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import type { Canvas } from '../context.ts'

const pathOf = ({ meta }: Canvas) => `/journeys/${encodeURIComponent(meta.getState().id)}`

/** What is due next has changed too, and with it where the sandbox's clock can go. */
function refreshAfterChange(): void {
  void refresh('/journeys')
  void refresh('/clock')
}

/** What the marketer says of those under way; nothing where nobody is. */
export interface SaidFate {
  readonly fate?: Fate
  readonly byNode?: Fated['byNode']
}

/** Somebody else has saved meanwhile: the marketer chooses whose draft it is before anything goes on. */
function tellStale({ saving }: Canvas): void {
  saving.store.setState({ status: 'stale' })
}

/** What publishing the draft would do to those under way. Rejects with the problem that the server tells. */
export async function askFlight(canvas: Canvas, said: SaidFate, signal: AbortSignal): Promise<FlightAnswer> {
  const revision = await canvas.saving.flush()
  const answer = await api.post(`${pathOf(canvas)}/publish/preview`, flightAnswer, said, { signal })
  if (answer.revision !== revision && canvas.saving.store.getState().revision === revision) tellStale(canvas)
  return answer
}

/** Makes a version the draft; one step of undo brings back what it replaces. */
export async function restoreVersion(canvas: Canvas, version: number): Promise<void> {
  const revision = await canvas.saving.flush()
  await api.post(`${pathOf(canvas)}/versions/${version}/restore`, journeyAnswer, { revision })
  await canvas.saving.takeTheirs()
  refreshAfterChange()
}

/** Saves the draft and makes it the live version. Rejects with the problem that the server tells. */
export async function publish(canvas: Canvas, said: SaidFate = {}) {
  const revision = await canvas.saving.flush()
  const path = `${pathOf(canvas)}/publish`
  const answer = await api.post(path, publishAnswer, { revision, ...said }).catch((problem: unknown) => {
    if (problem instanceof ApiProblem && problem.code === 'stale-revision') tellStale(canvas)
    throw problem
  })
  // A publication counts as a change of the draft, so that two at once cannot both win.
  canvas.saving.store.setState({ revision: answer.revision })
  canvas.meta.setState({ status: answer.status, liveVersion: answer.version, changed: false })
  refreshAfterChange()
  return answer
}

/** Who qualified while it stood still, by trigger. */
export function qualifiedMeanwhile(canvas: Canvas) {
  return api.get(`${pathOf(canvas)}/meanwhile`, meanwhileAnswer)
}

/** How many customers are under way in it, over all its versions. */
export async function underWay(canvas: Canvas): Promise<number> {
  const { versions } = await api.get(`${pathOf(canvas)}/versions`, versionList)
  return peopleIn(versions)
}

/** Those under way in some versions together. */
export function peopleIn(versions: readonly { readonly inFlight: number }[]): number {
  return versions.reduce((sum, { inFlight }) => sum + inFlight, 0)
}

/** Holds the journey, lets it go on, or ends it for everyone in it. */
export async function setStatus(
  canvas: Canvas,
  how: 'pause' | 'resume' | 'stop',
  body?: { readonly letIn: boolean },
) {
  const answer = await api.post(`${pathOf(canvas)}/${how}`, statusAnswer, body)
  canvas.meta.setState({ status: answer.status })
  refreshAfterChange()
  return answer
}
