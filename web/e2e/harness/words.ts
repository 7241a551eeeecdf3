import type { Page } from 'playwright-core'

/** Every text and every label that a page shows, the canvas's hidden helps left out. */
export function wordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const holder = node.parentElement
      if (holder === null || holder.closest('script, style, noscript') !== null) continue
      const text = node.textContent?.trim() ?? ''
      if (text !== '') found.add(text)
    }
    for (const element of document.querySelectorAll(
      '[aria-label], [title], [placeholder], [aria-valuetext]',
    )) {
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) {
        const text = element.getAttribute(name)?.trim()
        if (text) found.add(text)
      }
    }
    return [...found]
  })
}

/** Words by which the interface names a language in itself, and the product's own name. */
const own = /^(中|中文|简体中文|鹊桥|Magpie 鹊桥)$/

/** Chinese words of the interface: those that are no part of what the brand's data say. */
export function foreign(words: readonly string[], data: ReadonlySet<string>): string[] {
  const all = [...data].join('\n')
  return words.filter((text) => {
    const runs = text.match(/[\u3400-\u9fff][\u3400-\u9fff\u3000-\u303f\uff00-\uffef]*/g) ?? []
    return runs.some((run) => !own.test(run) && !all.includes(run))
  })
}

/** Names that belong to the program and should have been said in words: `nodes.send.title`, `{{count}}`. */
export function rawKeys(words: readonly string[]): string[] {
  const key = /^([a-z]+:)?[a-z][a-zA-Z]*(\.[a-z][a-zA-Z-]*)+$/
  const known = /^(customer|coupon|festival)\.|\.(csv|json|com|db)$/
  return words.filter((text) => (key.test(text) && !known.test(text)) || /\{\{\s*\w+\s*\}\}/.test(text))
}
