import { type RefObject, useEffect } from 'react'
import { useStore } from 'zustand'
import { isStill } from '../../ui/motion.ts'
import { useCanvas } from '../context.ts'

/** The element of a field, or of the nearest field around it; else its first part, as one language of a text. */
function fieldIn(root: HTMLElement, path: string): HTMLElement | null {
  const fields = [...root.querySelectorAll<HTMLElement>('[data-field]')]
  const around = fields.filter((element) => {
    const own = element.dataset.field ?? ''
    return own !== '' && (path === own || path.startsWith(`${own}.`))
  })
  const length = (element: HTMLElement) => element.dataset.field?.length ?? 0
  const part = fields.find((element) => element.dataset.field?.startsWith(`${path}.`))
  return around.sort((a, b) => length(b) - length(a))[0] ?? part ?? null
}

/** What is written in, before what is chosen from beside it. */
const controls = ['[contenteditable]', 'input, textarea', 'button']

/** Takes the marketer to the field that a problem names: into sight, marked for a moment, focused. */
export function useFieldVisit(node: string, root: RefObject<HTMLElement | null>): void {
  const { screen } = useCanvas()
  const visit = useStore(screen, (state) => state.visit)
  useEffect(() => {
    if (visit?.node !== node || root.current === null) return
    const field = fieldIn(root.current, visit.field)
    if (field === null) return
    field.scrollIntoView({ block: 'center', behavior: isStill() ? 'instant' : 'smooth' })
    const control = controls.map((kind) => field.querySelector<HTMLElement>(kind)).find((one) => one !== null)
    control?.focus({ preventScroll: true })
    field.animate(
      [{ boxShadow: '0 0 0 4px var(--mp-warning-soft)' }, { boxShadow: '0 0 0 4px transparent' }],
      { duration: 1_600, easing: 'ease-in' },
    )
    screen.setState({ visit: null })
  }, [visit, node, root, screen])
}
