import { useEffect } from 'react'
import { useStore } from 'zustand'
import { figuresAnswer } from '../../shared/api/journeys.ts'
import { fromFigures, fromRehearsal, noNumbers } from '../store/numbers.ts'
import { useCanvas } from './context.ts'
import { useLiveQuery } from './useLiveQuery.ts'

/** Keeps the numbers of cards and lines: those of the rehearsal's day while it is open, else the live ones. */
export function useNumbers(): void {
  const { numbers, rehearsal, screen } = useCanvas()
  // Rule 21: of all versions together, so that a publication takes nobody off the cards.
  const figures = useLiveQuery('/figures', figuresAnswer)
  const open = useStore(screen, (state) => state.rehearsal)
  const report = useStore(rehearsal, (state) => state.report)
  const day = useStore(rehearsal, (state) => state.day)
  useEffect(() => {
    const before = numbers.getState()
    if (open && report !== null) numbers.setState(fromRehearsal(report, day, before), true)
    else if (figures) numbers.setState(fromFigures(figures, before), true)
    else numbers.setState(noNumbers, true)
  }, [numbers, open, report, day, figures])
}
