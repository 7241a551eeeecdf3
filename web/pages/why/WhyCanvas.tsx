import { ReactFlowProvider } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import type { PathStep } from '../../../shared/api/why.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { type Canvas, CanvasContext } from '../../canvas/context.ts'
import { openCanvas } from '../../canvas/open.ts'
import { Surface } from '../../canvas/surface/Surface.tsx'
import { fromPassage } from '../../store/numbers.ts'
import { useView } from '../canvas/useView.ts'

export interface WhyCanvasProps {
  readonly journey: Journey
  readonly path: readonly PathStep[]
  /** Where the customer stands now; null where the journey has been left. */
  readonly state: string | null
}

/** The journey as one customer walked it: what was passed is lit, the rest stands back. */
export function WhyCanvas(props: WhyCanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  )
}

function Drawn({ journey, path, state }: WhyCanvasProps) {
  const view = useView()
  const canvas = useMemo<Canvas>(() => {
    // Only to look at: it is no version that can be switched, and nothing of it is saved.
    const unsaved = { status: 'stopped', revision: 0, liveVersion: null, breaker: null } as const
    const opened = openCanvas({ journey, ...unsaved, changed: false, updatedAt: 0 }, view)
    opened.saving.stop()
    return opened
  }, [journey, view])
  useEffect(() => {
    canvas.numbers.setState(fromPassage(path, state), true)
  }, [canvas, path, state])
  return (
    <CanvasContext value={canvas}>
      <Surface readOnly />
    </CanvasContext>
  )
}
