import type { Page } from 'playwright-core'

/**
 * What sticks out of the window to the side: the document itself, or anything one can read or press that
 * stands beyond the right edge and in no part that scrolls or pans by intention.
 */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const running = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity)
    await Promise.allSettled(running.map((one) => one.finished))
    const width = document.documentElement.clientWidth
    const found: string[] = []
    if (document.documentElement.scrollWidth > width)
      found.push(`the page is ${document.documentElement.scrollWidth} wide`)
    const pans = '.react-flow, .ant-table-content, .ant-table-body, [inert], [aria-hidden="true"]'
    for (const element of document.querySelectorAll('button, input, a, h1, h2, h3, p, th, td, label')) {
      const { left, right, height } = element.getBoundingClientRect()
      if (height === 0 || (right <= width + 1 && left >= -1)) continue
      if (element.closest(pans) !== null || scrolls(element)) continue
      found.push(
        `${element.tagName} "${(element.textContent ?? '').slice(0, 40)}" ends at ${Math.round(right)}`,
      )
    }
    return found

    function scrolls(element: Element): boolean {
      for (let above = element.parentElement; above !== null; above = above.parentElement) {
        const { overflowX } = getComputedStyle(above)
        if ((overflowX === 'auto' || overflowX === 'scroll') && above.scrollWidth > above.clientWidth)
          return true
      }
      return false
    }
  })
}
