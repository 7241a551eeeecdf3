import type { BrowserContext, Page } from 'playwright-core'

/** What a page did that no page of ours may do; a test that provokes something says so first. */
export interface Watch {
  /** From now on, messages that match are part of the story. */
  expect(pattern: RegExp): void
  readonly problems: readonly string[]
}

const local = /^(data|blob|about):/

/** Notes errors of scripts and of the console, and requests that leave the server, on every page of a context. */
export function watch(context: BrowserContext, origin: string): Watch {
  const seen: string[] = []
  const expected: RegExp[] = []
  const note = (problem: string) => {
    if (!expected.some((pattern) => pattern.test(problem))) seen.push(problem)
  }
  context.on('page', (page: Page) => {
    page.on('pageerror', (error) => note(`page error: ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`)
    })
  })
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !local.test(url)) note(`request to another host: ${url}`)
  })
  return { expect: (pattern) => expected.push(pattern), problems: seen }
}
