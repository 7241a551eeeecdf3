import { useFormat } from '../../ui/useFormat.ts'
import { useResumeQuestion } from '../../ui/useResumeQuestion.tsx'
import { useCanvas } from '../context.ts'
import { qualifiedMeanwhile, setStatus } from './lifecycle.ts'

/** Lets the journey go on, once it is said what becomes of those who qualified meanwhile; false: it stays as it is. */
export function useResume(): () => Promise<boolean> {
  const canvas = useCanvas()
  const ask = useResumeQuestion()
  const format = useFormat()
  return async () => {
    const { triggers } = await qualifiedMeanwhile(canvas)
    const { nodes } = canvas.document.getState().journey
    const letIn = await ask({ triggers, nameOf: (node) => format.text(nodes[node]?.name ?? { en: node }) })
    if (letIn === null) return false
    await setStatus(canvas, 'resume', { letIn })
    return true
  }
}
