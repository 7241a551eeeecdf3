import type { Journey } from '../../shared/journey/graph.ts'
import { printJourney } from '../../shared/journey/print.ts'

/** Hands the journey to the browser as a file. */
export function exportJourney(journey: Journey): void {
  const file = new Blob([printJourney(journey)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${journey.id}.journey.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
