import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { test as base, expect } from 'vitest'
import { launchChromium, viewport } from './browser.ts'
import { Marketer } from './marketer.ts'
import { type Environment, startServer } from './server.ts'
import { watch } from './watch.ts'

export { expect } from 'vitest'
export type { Form } from './form.ts'
export type { Marketer } from './marketer.ts'

/** How long a marketer looks for something before giving up (ms): waiting ends by what is seen, so a busy machine may take its time. */
const patience = 60_000

/** A new window with nothing remembered. */
async function newContext(browser: Browser, locale: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, locale, colorScheme: 'light' })
  context.setDefaultTimeout(patience)
  return context
}

const pictures = join(tmpdir(), 'magpie-e2e-failures')

/** A file name that tells which test. */
const pictureOf = (name: string) => join(pictures, `${name.replaceAll(/[^\w]+/g, '-').slice(0, 80)}.png`)

/**
 * Tests with a server of their own per file, a Chromium, and a marketer with a fresh window per test, at
 * whose end nothing may have gone wrong that the test did not announce.
 */
export const test = base
  .extend('members', { scope: 'file' }, 800)
  .extend('environment', { scope: 'file' }, (): Environment => ({}))
  .extend('server', { scope: 'file' }, async ({ members, environment }, { onCleanup }) => {
    const server = await startServer(members, environment)
    onCleanup(() => server.remove())
    return server
  })
  .extend('chromium', { scope: 'file' }, process.env.MAGPIE_CHROMIUM || '/usr/bin/chromium')
  .extend('browser', { scope: 'file' }, async ({ chromium }, { onCleanup }) => {
    const browser = await launchChromium(chromium)
    onCleanup(() => browser.close())
    return browser
  })
  .extend('locale', 'zh-CN')
  .extend('marketer', async ({ server, browser, locale, task }, { onCleanup }) => {
    const context = await newContext(browser, locale)
    const watching = watch(context, server.url)
    const page = await context.newPage()
    const marketer = new Marketer(page, server.url, watching)
    onCleanup(async () => {
      const failed = task.result?.state === 'fail'
      if (failed) {
        mkdirSync(pictures, { recursive: true })
        await page.screenshot({ path: pictureOf(task.name) })
        console.log(`what could be seen: ${pictureOf(task.name)}`)
      }
      const wide = failed || page.isClosed() ? [] : await marketer.sideways()
      await context.close()
      expect([...watching.problems, ...wide]).toEqual([])
    })
    return marketer
  })
