import { ReactFlowProvider } from '@xyflow/react'
import { type ReactNode, useMemo } from 'react'
import type { Journey } from '../../../shared/journey/graph.ts'
import { createDocument } from '../../store/document.ts'
import { createNumbers } from '../../store/numbers.ts'
import { createProblems } from '../../store/problems.ts'
import { createScreen } from '../../store/screen.ts'
import { type Canvas, CanvasContext, useCanvas } from '../context.ts'
import { Surface } from '../surface/Surface.tsx'
import type { Mark } from './changes.ts'
import { MarksContext } from './marks.ts'

/** A screen of its own, on which versions are compared already: it has no switch of them. */
function screenApart() {
  const screen = createScreen()
  screen.setState({ comparing: 0 })
  return screen
}

const noMarks: ReadonlyMap<string, Mark> = new Map()

interface DrawingProps {
  readonly journey: Journey
  readonly marks?: ReadonlyMap<string, Mark>
  /** Whether it stands alone: what is open on the screen beside it is not its own. */
  readonly apart?: boolean
  readonly children?: ReactNode
}

/** A journey only to look at. */
export function Drawing({ journey, marks = noMarks, apart = false, children }: DrawingProps) {
  const draft = useCanvas()
  const canvas = useMemo<Canvas>(() => {
    const document = createDocument(journey)
    return {
      ...draft,
      ...(apart ? { screen: screenApart() } : {}),
      document,
      numbers: createNumbers(),
      problems: createProblems(),
      commands: { ...draft.commands, document },
    }
  }, [draft, journey, apart])
  return (
    <ReactFlowProvider>
      <CanvasContext value={canvas}>
        <MarksContext value={marks}>
          {children}
          <Surface readOnly whole={apart} />
        </MarksContext>
      </CanvasContext>
    </ReactFlowProvider>
  )
}
