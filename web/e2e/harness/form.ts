import type { Locator, Page } from 'playwright-core'

/** Filling a form by what its controls are called; of several of one name, the one counted from 0. */
export class Form {
  readonly #page: Page
  readonly #root: Locator

  constructor(page: Page, root: Locator) {
    this.#page = page
    this.#root = root
  }

  /** Takes an option of a select. */
  choose(label: string, option: string, nth = 0): Promise<void> {
    return this.#take(label, option, nth, false)
  }

  /** Takes an option of a long select by writing its name. */
  find(label: string, option: string, nth = 0): Promise<void> {
    return this.#take(label, option, nth, true)
  }

  async #take(label: string, option: string, nth: number, written: boolean): Promise<void> {
    const named = this.#page.getByLabel(label, { exact: true })
    const select = this.#root.locator('.ant-select', { has: named }).nth(nth)
    const box = select.getByLabel(label, { exact: true })
    await select.click()
    if (written) await box.fill(option)
    const list = this.#page.locator('.ant-select-dropdown', {
      has: this.#page.locator(`[id="${await box.getAttribute('aria-controls')}"]`),
    })
    await list.locator('.ant-select-item-option').filter({ hasText: option }).first().click()
  }

  /** Writes into a field. */
  async fill(label: string, text: string, nth = 0): Promise<void> {
    const field = this.#root.getByLabel(label, { exact: true }).nth(nth)
    await field.fill(text)
    await field.press('Tab')
  }

  /** Takes one of the choices that stand side by side. */
  async pick(label: string, option: string): Promise<void> {
    const group = this.#root.getByRole('radiogroup', { name: label, exact: true })
    await group.locator('label').filter({ hasText: option }).click()
  }

  /** Takes an entry of the menu behind a button. */
  async menu(button: Locator, entry: string): Promise<void> {
    await button.click()
    const menu = this.#page.locator('.ant-dropdown:not(.ant-dropdown-hidden)')
    const item = menu.getByRole('menuitem', { name: entry, exact: true })
    // A menu follows its button when an answer moves the form: a press that slid off is made again.
    for (let presses = 1; ; presses += 1) {
      await item.click()
      const patience = presses < 3 ? { timeout: 3_000 } : {}
      const gone = await menu.waitFor({ state: 'hidden', ...patience }).then(
        () => true,
        (error: unknown) => {
          if (presses < 3) return false
          throw error
        },
      )
      if (gone) return
    }
  }

  /** Adds a test of that kind to a condition, which opens into its controls. */
  async addTest(kind: string): Promise<void> {
    await this.menu(this.#root.getByTestId('condition-add').last(), kind)
  }
}

/** Drags something to its place. What stands still and is in view first is not scrolled away with the button held down. */
export async function drag(
  from: Locator,
  to: Locator,
  targetPosition?: { x: number; y: number },
): Promise<void> {
  await from.hover({ trial: true })
  await to.scrollIntoViewIfNeeded()
  await from.dragTo(to, targetPosition === undefined ? {} : { targetPosition })
}
