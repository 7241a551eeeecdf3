import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { CanvasHand } from './canvas.ts'
import { sideways } from './layout.ts'
import type { Watch } from './watch.ts'

type Move = '+1 小时' | '+1 天' | '+7 天' | '到下一件事'

/** Someone who uses the product by what can be seen and pressed, in a window of 1280 × 800. */
export class Marketer {
  readonly canvas: CanvasHand
  readonly page: Page
  readonly url: string
  readonly watch: Watch

  constructor(page: Page, url: string, watch: Watch) {
    this.page = page
    this.url = url
    this.watch = watch
    this.canvas = new CanvasHand(page)
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`)
  }

  /** Goes to another page as a link does, without loading the application anew, and waits for its coming. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      const shown = document.querySelector('main > *')
      if (shown instanceof HTMLElement) shown.dataset.left = ''
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate', { state: null }))
    }, path)
    await this.page.locator('main > [data-left]').waitFor({ state: 'detached' })
  }

  /** Waits until the page has what it asked for, and nothing is still on its way. */
  async settled(): Promise<void> {
    const { page } = this
    await page.locator('h1, main h2').first().waitFor()
    await page.waitForFunction(
      () => document.querySelector('.ant-skeleton-active, [aria-busy="true"], [role="status"] svg') === null,
    )
  }

  see(text: string | RegExp): Locator {
    return this.page.getByText(text).first()
  }

  at(testId: string | RegExp): Locator {
    return this.page.getByTestId(testId)
  }

  async press(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('button', { name, exact: typeof name === 'string' }).click()
  }

  get clock(): Locator {
    return this.page.getByRole('region', { name: '沙盒时钟' })
  }

  /** What the clock in the top bar shows. */
  async time(): Promise<string> {
    return (await this.clock.locator('time:visible').textContent()) ?? ''
  }

  /** Moves the sandbox clock by its panel in the top bar, and waits until it has arrived. */
  async advance(...moves: readonly Move[]): Promise<void> {
    const { clock, page } = this
    await clock.getByTitle('沙盒时钟').click()
    const panel = page.locator('.ant-popover:visible')
    for (const move of moves) {
      const from = await this.time()
      const asked = page.waitForRequest((one) => one.url().endsWith('/clock/advance'))
      const button = panel.getByRole('button', { name: move, exact: true })
      await button.click()
      // A press on a panel that is still coming to its place may ask nothing; a person presses once more.
      if ((await Promise.race([asked, page.waitForTimeout(5_000)])) === undefined) await button.click()
      const answer = await (await asked).response()
      expect(answer?.status(), `the clock goes on: ${move}`).toBe(200)
      await page.waitForFunction((before) => {
        const section = document.querySelector('section[aria-label="沙盒时钟"]')
        const shown = [...(section?.querySelectorAll('time') ?? [])].map((time) => time.textContent)
        return section?.getAttribute('aria-busy') === 'false' && !shown.includes(before)
      }, from)
    }
    await clock.getByTitle('沙盒时钟').click()
    await panel.waitFor({ state: 'hidden' })
  }

  get phone(): Locator {
    return this.page.getByRole('complementary', { name: '客户的手机' })
  }

  /** Opens the customers' phone, where it is shut. */
  async openPhone(): Promise<void> {
    const toggle = this.page.getByRole('button', { name: '手机', exact: true })
    if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click()
    await this.phone.getByText('所有人').first().waitFor()
  }

  /** Everything that reaches beyond the window's right edge. */
  sideways(): Promise<string[]> {
    return sideways(this.page)
  }
}
