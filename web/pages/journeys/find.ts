import type { JourneyStatus, JourneySummary } from '../../../shared/api/journeys.ts'

export type StatusFilter = JourneyStatus | 'all'

/** The journeys whose name, in either language, or id holds all the words, in the order given. */
export function findJourneys(
  journeys: readonly JourneySummary[],
  search: string,
  status: StatusFilter,
): JourneySummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return journeys.filter((journey) => {
    if (status !== 'all' && journey.status !== status) return false
    const text = `${journey.name['zh-CN'] ?? ''} ${journey.name.en ?? ''} ${journey.id}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** How many journeys have each status, and in all. */
export function countByStatus(journeys: readonly JourneySummary[]): Record<StatusFilter, number> {
  const counts = { all: journeys.length, draft: 0, live: 0, paused: 0, stopped: 0 }
  for (const { status } of journeys) counts[status] += 1
  return counts
}
