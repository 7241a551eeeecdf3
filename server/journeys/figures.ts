import type { FiguresAnswer, JourneyAnswer } from '../../shared/api/journeys.ts'
import type { ReportAnswer } from '../../shared/api/messages.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import type { VersionSummary } from '../ports/journeys.ts'

type Journey = JourneyAnswer['journey']

/** The live numbers on the canvas; of one version, or of all together where it is null. */
export async function readFigures(
  { stores: { journeys }, now }: Desk,
  id: string,
  version: number | null,
): Promise<FiguresAnswer> {
  await journeys.status(id)
  const shown = version === null ? (await journeys.get(id)).journey : await journeys.graph(id, version)
  return journeys.figures(id, { version, nodes: Object.keys(shown.nodes), now: now() })
}

export async function listVersions({ stores: { journeys } }: Desk, id: string): Promise<VersionSummary[]> {
  await journeys.status(id)
  return [...(await journeys.versions(id))]
}

/** A version with its graph; Problem `not-found`. */
export async function readVersion(
  { stores: { journeys } }: Desk,
  id: string,
  number: number,
): Promise<{ number: number; hash: string; publishedAt: number; journey: Journey }> {
  const journey = await journeys.graph(id, number)
  const found = (await journeys.versions(id)).find((one) => one.number === number)
  if (found === undefined) throw new Problem('not-found', { what: `${id}@${number}` }, 'version')
  return { number, hash: found.hash, publishedAt: found.publishedAt, journey }
}

/** The draft, or one version. */
export async function exportJourney(
  { stores: { journeys } }: Desk,
  id: string,
  version: number | null,
): Promise<Journey> {
  await journeys.status(id)
  return version === null ? (await journeys.get(id)).journey : journeys.graph(id, version)
}

/** The result of a journey: the goal against the control group. */
export async function readReport(desk: Desk, id: string): Promise<ReportAnswer> {
  const { stores, brand, registry } = desk
  const { journey } = await stores.journeys.get(id)
  const { zone, currency } = brand()
  return stores.journeys.report(id, { journey, registry, zone, currency })
}
