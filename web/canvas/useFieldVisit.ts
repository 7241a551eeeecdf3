import { type RefObject, useEffect } from 'react'
import { useStore } from 'zustand'
import { isStill } from '../ui/motion.ts'
import { useCanvas } from './context.ts'

/** The element of a field, or of the nearest field around it. */
function fieldIn(root: HTMLElement, path: string): HTMLElement | null {
  const fields = [...root.querySelectorAll<HTMLElement>('[data-field]')]
  const around = fields.filter((element) => {
    const own = element.dataset.field ?? ''
    return own !== '' && (path === own || path.startsWith(`${own}.`))
  })
  const length = (element: HTMLElement) => element.dataset.field?.length ?? 0
  return around.sort((a, b) => length(b) - length(a))[0] ?? null
}

/** Takes the marketer to the field that a problem names: into sight, marked for a moment, focused. */
export function useFieldVisit(node: string, root: RefObject<HTMLElement | null>): void {
  const { screen } = useCanvas()
  const visit = useStore(screen, (state) => state.visit)
  useEffect(() => {
    if (visit?.node !== node || root.current === null) return
    const field = fieldIn(root.current, visit.field)
    if (field === null) return
    field.scrollIntoView({ block: 'center', behavior: isStill() ? 'instant' : 'smooth' })
    field
      .querySelector<HTMLElement>('input, textarea, [contenteditable], button')
      ?.focus({ preventScroll: true })
    field.animate(
      [{ boxShadow: '0 0 0 4px var(--mp-warning-soft)' }, { boxShadow: '0 0 0 4px transparent' }],
      { duration: 1_600, easing: 'ease-in' },
    )
    screen.setState({ visit: null })
  }, [visit, node, root, screen])
}
