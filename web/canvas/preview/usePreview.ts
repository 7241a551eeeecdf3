import { useEffect, useState } from 'react'
import type { PreviewAnswer, PreviewMessage } from '../../../shared/api/preview.ts'
import { useEditor } from '../../nodes/index.ts'
import { previewCustomer } from '../../store/preview-customer.ts'
import { useDocument } from '../context.ts'

export interface Preview {
  readonly answer: PreviewAnswer | null
  readonly busy: boolean
  readonly problem: unknown
  /** Shows the customer before or after this one. */
  readonly walk: (move: 'next' | 'previous') => void
  /** Asks the model for one node's message. */
  readonly polish: (node: string) => void
  readonly polishing: string | null
}

interface Wish {
  readonly move: 'none' | 'next' | 'previous'
  readonly count: number
}

/** Every message of the journey for one customer. */
export function usePreview(): Preview {
  const { preview } = useEditor()
  const journey = useDocument((state) => state.journey)
  const [wish, setWish] = useState<Wish>({ move: 'none', count: 0 })
  const [answer, setAnswer] = useState<PreviewAnswer | null>(null)
  const [busy, setBusy] = useState(true)
  const [problem, setProblem] = useState<unknown>(null)
  const [polishing, setPolishing] = useState<string | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    setBusy(true)
    const customerId = previewCustomer.getState().id
    preview({ journey, customerId, move: wish.move, node: null, polish: false }, stop.signal).then(
      (next) => {
        previewCustomer.setState({ id: next.customer?.id ?? null })
        setAnswer(next)
        setProblem(null)
        setBusy(false)
      },
      (failure: unknown) => {
        if (stop.signal.aborted) return
        setProblem(failure)
        setBusy(false)
      },
    )
    return () => stop.abort()
  }, [journey, preview, wish])
  const polish = (node: string) => {
    if (!answer?.customer) return
    const customerId = answer.customer.id
    setPolishing(node)
    preview({ journey, customerId, move: 'none', node, polish: true }, new AbortController().signal)
      .then((polished) => {
        const message = polished.messages.find((one) => one.node === node && one.visit === 1)
        if (message) setAnswer((now) => withMessage(now, customerId, message))
      }, setProblem)
      .finally(() => setPolishing(null))
  }
  const walk = (move: 'next' | 'previous') => setWish(({ count }) => ({ move, count: count + 1 }))
  return { answer, busy, problem, walk, polish, polishing }
}

/** What tells a message from the others: its node and which time that is passed. */
export const placeOf = ({ node, visit }: PreviewMessage) => `${node} ${visit}`

/** The answer with one message replaced, if it is still of the same customer. */
function withMessage(
  answer: PreviewAnswer | null,
  customer: string,
  message: PreviewMessage,
): PreviewAnswer | null {
  if (answer?.customer?.id !== customer) return answer
  return {
    ...answer,
    messages: answer.messages.map((one) => (placeOf(one) === placeOf(message) ? message : one)),
  }
}
