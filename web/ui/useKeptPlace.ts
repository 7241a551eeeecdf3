import { useEffect, useState } from 'react'

/** What is scrolled so that an element comes into view. */
function scrollerOf(element: Element): Element | null {
  for (let around = element.parentElement; around !== null; around = around.parentElement)
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around
  return document.scrollingElement
}

/**
 * Keeps something where it stands on the screen as long as it is held: where an answer makes the form above it grow,
 * the form is scrolled by as much. A browser does so by itself only where the form has been scrolled already.
 */
export function useKeptPlace(held: boolean): (element: HTMLElement | null) => void {
  const [element, setElement] = useState<HTMLElement | null>(null)
  useEffect(() => {
    const scroller = held && element !== null ? scrollerOf(element) : null
    if (element === null || scroller === null) return
    const place = () => element.getBoundingClientRect().top
    let before = place()
    const keep = () => {
      scroller.scrollTop += place() - before
      before = place()
    }
    // Whoever scrolls means to move it.
    const scrolled = () => {
      before = place()
    }
    const sizes = new ResizeObserver(keep)
    for (let part: Element | null = element; part !== null && part !== scroller; part = part.parentElement)
      for (const sibling of part.parentElement?.children ?? []) sizes.observe(sibling)
    scroller.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      sizes.disconnect()
      scroller.removeEventListener('scroll', scrolled)
    }
  }, [held, element])
  return setElement
}
